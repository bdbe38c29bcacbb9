"""Alipay's open gateway for codes that a merchant scans."""
