"""moto's server as a WSGI application, for a server that keeps connections open."""
from moto.server import DomainDispatcherApplication, create_backend_app

app = DomainDispatcherApplication(create_backend_app)
