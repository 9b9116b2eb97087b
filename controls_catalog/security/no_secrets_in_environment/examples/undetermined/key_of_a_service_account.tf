resource "google_service_account_key" "hub" {
  service_account_id = "scoring"
}

resource "google_cloud_run_v2_service" "scoring" {
  name     = "scoring"
  location = "europe-west3"

  template {
    containers {
      image = "europe-west3-docker.pkg.dev/acme/ml/scoring@sha256:3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f"

      env {
        name  = "ACCESS_KEY"
        value = google_service_account_key.hub.private_key
      }
    }
  }
}
