resource "aws_sagemaker_endpoint_configuration" "scorer" {
  name = "scorer"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/0d3c1b9a-1111-2222-3333-444455556666"

  production_variants {
    variant_name           = "all"
    model_name             = "scorer"
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
  }
}
