# Blocks made of a collection that is known only after apply: the plan shows each as it shows a block that the provider computes.
terraform {
  required_version = ">= 1.4"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

resource "terraform_data" "later" {
  input = ["first"]
}

resource "aws_iam_role" "dynamic" {
  name = "dynamic"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })

  dynamic "inline_policy" {
    for_each = terraform_data.later.output
    content {
      name   = inline_policy.value
      policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
    }
  }
}

resource "aws_iam_role" "plain" {
  name = "plain"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })
}

resource "aws_sagemaker_model" "dynamic" {
  name                     = "dynamic"
  execution_role_arn       = aws_iam_role.plain.arn
  enable_network_isolation = true

  dynamic "container" {
    for_each = terraform_data.later.output
    content {
      image       = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/${container.value}"
      environment = { LEVEL = container.value }
    }
  }
}

resource "aws_sagemaker_domain" "dynamic" {
  domain_name             = "dynamic"
  auth_mode               = "SSO"
  vpc_id                  = "vpc-00000000000000000"
  subnet_ids              = ["subnet-00000000000000000"]
  app_network_access_type = "VpcOnly"

  default_user_settings {
    execution_role = aws_iam_role.plain.arn

    dynamic "sharing_settings" {
      for_each = terraform_data.later.output
      content {
        notebook_output_option = "Allowed"
      }
    }
  }

  dynamic "default_space_settings" {
    for_each = terraform_data.later.output
    content {
      execution_role = "arn:aws:iam::111122223333:role/${default_space_settings.value}"
    }
  }
}
