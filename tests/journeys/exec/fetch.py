"""Fetches an address and believes only the certificate authority that it is given.

    python fetch.py ADDRESS CA_FILE
"""
import ssl
import sys
import urllib.request

address, ca_file = sys.argv[1:3]
with urllib.request.urlopen(address, context=ssl.create_default_context(cafile=ca_file)) as response:
    print(response.read().decode())
