resource "google_secret_manager_secret_version" "database" {
  secret = "projects/acme/secrets/database"
}

resource "google_cloud_run_v2_service" "scoring" {
  name     = "scoring"
  location = "europe-west3"

  template {
    containers {
      image = "europe-west3-docker.pkg.dev/acme/ml/scoring@sha256:3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f"

      env {
        name  = "DATABASE_URL"
        value = google_secret_manager_secret_version.database.secret_data
      }
    }
  }
}
