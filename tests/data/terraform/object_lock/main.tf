# Buckets with a retention, with object lock and none, and with one that is known only after apply.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "mock-access-key"
  secret_key                  = "mock-secret-key"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}

resource "terraform_data" "period" {
  input = 400
}

resource "aws_s3_bucket" "this" {
  for_each            = toset(["locked", "governed", "without-default", "later", "lock-only"])
  bucket              = "training-${each.key}"
  object_lock_enabled = true
}

resource "aws_s3_bucket_object_lock_configuration" "locked" {
  bucket = aws_s3_bucket.this["locked"].id
  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 1
    }
  }
}

resource "aws_s3_bucket_object_lock_configuration" "governed" {
  bucket = aws_s3_bucket.this["governed"].bucket
  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = 400
    }
  }
}

resource "aws_s3_bucket_object_lock_configuration" "without_default" {
  bucket = aws_s3_bucket.this["without-default"].id
}

resource "aws_s3_bucket_object_lock_configuration" "later" {
  bucket = aws_s3_bucket.this["later"].id
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = terraform_data.period.output
    }
  }
}

resource "aws_s3_bucket" "inside" {
  for_each = toset(["COMPLIANCE", "GOVERNANCE"])
  bucket   = "training-inside-${lower(each.key)}"
  object_lock_configuration {
    object_lock_enabled = "Enabled"
    rule {
      default_retention {
        mode = each.key
        days = 400
      }
    }
  }
}
