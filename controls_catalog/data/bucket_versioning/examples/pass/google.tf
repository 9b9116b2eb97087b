resource "google_storage_bucket" "data" {
  name     = "training-data"
  location = "EUROPE-WEST3"

  versioning {
    enabled = true
  }
}
