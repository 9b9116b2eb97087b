resource "google_cloud_run_v2_service" "scoring" {
  name     = "scoring"
  location = "europe-west3"

  template {
    containers {
      image = "europe-west3-docker.pkg.dev/acme/ml/scoring@sha256:3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f"

      env {
        name = "HF_TOKEN"

        value_source {
          secret_key_ref {
            secret  = "hub"
            version = "7"
          }
        }
      }
    }
  }
}
