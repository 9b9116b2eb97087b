resource "aws_sagemaker_endpoint_configuration" "scoring" {
  name = "scoring"

  production_variants {
    variant_name           = "main"
    model_name             = "scoring-3-4-1"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }
}
