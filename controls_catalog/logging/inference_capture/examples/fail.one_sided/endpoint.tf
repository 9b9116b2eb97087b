resource "aws_sagemaker_endpoint_configuration" "scoring" {
  name = "scoring"

  production_variants {
    variant_name           = "main"
    model_name             = "scoring-3-4-1"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }

  data_capture_config {
    enable_capture              = true
    initial_sampling_percentage = 100
    destination_s3_uri          = "s3://scoring-capture/endpoint"

    capture_options {
      capture_mode = "Input"
    }
  }
}
