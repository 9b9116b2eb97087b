# comment
resource "aws_s3_bucket" "b" {
  bucket = "x-${var.a}"
  acl    = "private"
  n      = 1 + 2
  m      = -3
  f      = 1.50
  list   = [1, "a", var.x, { k = 1, "q" = true, (var.z) = null }]
  fn     = jsonencode({ a = 1 })
  cond   = var.a ? 1 : 2
  t      = <<-EOT
    hello ${var.b}
      two
  EOT
  h = <<EOT
plain
EOT
  esc = "a\"b\n$${x}"
  wrap = "${var.a}"
  par = (1 + 2)
  tern = "%{if var.a}yes%{else}no%{endif}"
  idx = aws.b[0].c
  splat = aws.b[*].c
  forx = [for x in var.l : x.y if x.z]
  obj = {
    a = 1
    b : 2
    "c-d" = [
      1,
    ]
  }
  not = !true
  big = 12345678901234567890
  nul = null
  versioning { enabled = true }
  versioning { enabled = false }
  dynamic "x" {
    for_each = var.q
    content { a = x.value }
  }
}
resource "aws_s3_bucket" "c" {}
locals { a = 1 }
locals { b = 2 }
variable "v" { type = list(string) }
