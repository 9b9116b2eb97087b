"""The tables of cryptographic assets."""

from __future__ import annotations

from typing import Final

ASSETS: Final = {
    "crypto_properties": """
        assetType! algorithmProperties=algorithm certificateProperties=certificate
        relatedCryptoMaterialProperties=crypto_material protocolProperties=protocol oid
    """,
    "algorithm": """
        primitive parameterSetIdentifier algorithmFamily curve ellipticCurve executionEnvironment implementationPlatform
        certificationLevel* mode padding cryptoFunctions/cryptoFunction classicalSecurityLevel=integer
        nistQuantumSecurityLevel=integer
    """,
    "certificate": """
        serialNumber subjectName issuerName notValidBefore notValidAfter signatureAlgorithmRef=ref? subjectPublicKeyRef=ref?
        certificateFormat certificateExtension certificateFileExtension fingerprint=hash
        relatedCryptographicAssets/relatedCryptographicAsset=related_asset creationDate activationDate deactivationDate
        revocationDate destructionDate
    """,
    "crypto_material": """
        type id state algorithmRef=ref? creationDate activationDate updateDate expirationDate value size=integer format
        securedBy=secured_by fingerprint=hash relatedCryptographicAssets/relatedCryptographicAsset=related_asset
    """,
    "secured_by": "mechanism algorithmRef=ref?",
    "protocol": """
        type version cipherSuites*=cipher_suite cryptoRefArray*=ref
        relatedCryptographicAssets/relatedCryptographicAsset=related_asset
    """,
    "cipher_suite": """
        name algorithms*=ref identifiers* tlsGroups/group tlsSignatureSchemes/signatureScheme
    """,
    "related_asset": "type ref",
}
"""The tables by name."""
