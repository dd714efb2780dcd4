import { algorithms } from "@clary/algorithms/catalog";
algorithms();
