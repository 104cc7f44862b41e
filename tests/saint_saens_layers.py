"""Saint-Saëns: which file of its ecological network (`tvb/<name>.geojson`) each layer of its rule file is."""

from __future__ import annotations

SOURCES = {
    "communes": "COMMUNE_11",
    "corridors": "Corridorsaquatiques_34",
    "fuseaux": "Corridorsaquatiques_34",
    "cours_d_eau": "Rservoirsaquatiques_35",
    "humides": "Rservoirshumides_27",
    "bocage": "Tramebocagre_24",
    "bocage_metre": "Tramebocagre_24",
    "zones_humides": "Zoneshumides_17",
    "natura": "SitesNatura2000_18",
    "znieff": "ZNIEFFType1_16",
    "znieff_25000": "ZNIEFFType1_16",
    "trame_calcicole": "Tramecalcicole_31",
    "calcicoles": "Rservoirscalcicoles_30",
    "silicicoles": "Rservoirssilicicoles_32",
    "mares": "Mares_48",
}
