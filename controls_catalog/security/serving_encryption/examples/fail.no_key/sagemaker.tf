resource "aws_sagemaker_endpoint_configuration" "scorer" {
  name = "scorer"

  production_variants {
    variant_name           = "all"
    model_name             = "scorer"
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
  }
}
