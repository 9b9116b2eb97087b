"""CycloneDX BOMs as Conftest reads them: JSON as it is, XML in the shape that the Go library cyclonedx-go gives it in JSON.

`tables` says which elements and attributes there are and what JSON calls them, `notation` reads the tables, `elements` the XML, and
`values` makes one of the other.
"""
