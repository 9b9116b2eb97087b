# One model with an attribute in each of six states, and the neighbours that make them so.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = var.region
  access_key                  = "mock-access-key"
  secret_key                  = "mock-secret-key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "hub_token" {
  type      = string
  sensitive = true
  default   = "planted-secret-6f1c"
}

variable "unset_secret" {
  type      = string
  sensitive = true
  default   = null
}

variable "kms_key_id" {
  type    = string
  default = null
}

resource "aws_kms_key" "ml" {
  description = "models"
}

resource "aws_iam_role" "run" {
  name = "run"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })
}

resource "aws_sagemaker_model" "six" {
  name                     = "six"
  enable_network_isolation = false
  execution_role_arn       = aws_iam_role.run.arn

  primary_container {
    image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/six:1"
    model_data_url = null
    environment = {
      HUB_TOKEN = var.hub_token
    }
  }
}

resource "aws_sagemaker_endpoint_configuration" "dynamic" {
  name        = "dynamic"
  kms_key_arn = aws_kms_key.ml.arn

  production_variants {
    model_name             = aws_sagemaker_model.six.name
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }

  dynamic "data_capture_config" {
    for_each = ["on"]
    content {
      enable_capture              = true
      initial_sampling_percentage = 100
      destination_s3_uri          = "s3://capture"
      kms_key_id                  = aws_kms_key.ml.arn
      capture_options {
        capture_mode = "Input"
      }
    }
  }
}

resource "aws_ebs_volume" "provider_chooses" {
  availability_zone = "eu-west-1a"
  size              = 1
  kms_key_id        = var.kms_key_id
}

resource "aws_ebs_volume" "configured" {
  availability_zone = "eu-west-1a"
  size              = 1
  kms_key_id        = aws_kms_key.ml.arn
}

resource "aws_db_instance" "secrets" {
  instance_class = "db.t3.micro"
  password       = var.unset_secret
}
