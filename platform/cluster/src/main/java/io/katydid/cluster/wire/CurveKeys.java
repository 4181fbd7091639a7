package io.katydid.cluster.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.math.BigInteger;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Derives a role's pair of CURVE keys from the token: the secret key is HKDF-SHA256 of the token's UTF-8, with the salt {@code katydid cluster} and
 * the info {@code curve v1 master} or {@code curve v1 worker}; the public key is X25519 of it. Nothing else goes in, so that any implementation can
 * do the same; a change of the words would keep nodes of two versions apart.
 */
record CurveKeys(byte[] secretKey, byte[] publicKey) {
    private static final int BYTES = 32;
    /** The point of Curve25519 that public keys are multiples of. */
    private static final BigInteger BASE = BigInteger.valueOf(9);

    static CurveKeys master(Security.Token token) {
        return derive(token, "curve v1 master");
    }

    static CurveKeys worker(Security.Token token) {
        return derive(token, "curve v1 worker");
    }

    private static CurveKeys derive(Security.Token token, String info) {
        try {
            var bytes = HKDFParameterSpec.ofExtract().addIKM(utf8(token.token())).addSalt(utf8("katydid cluster")).thenExpand(utf8(info),
                BYTES);
            var secret = KDF.getInstance("HKDF-SHA256").deriveData(bytes);
            return new CurveKeys(secret, publicKey(secret));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This JDK lacks HKDF-SHA256 or X25519", impossible);
        }
    }

    /** Agrees with the base point, which is the multiplication that makes public keys. */
    private static byte[] publicKey(byte[] secret) throws GeneralSecurityException {
        var keys = KeyFactory.getInstance("X25519");
        var agreement = KeyAgreement.getInstance("X25519");
        agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret)));
        agreement.doPhase(keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE)), true);
        return agreement.generateSecret();
    }

    private static byte[] utf8(String text) { return text.getBytes(StandardCharsets.UTF_8); }

    @Override public boolean equals(Object other) {
        return other instanceof CurveKeys keys && Arrays.equals(secretKey, keys.secretKey);
    }

    @Override public int hashCode() {
        return Arrays.hashCode(publicKey);
    }

    @Override public String toString() {
        return "CurveKeys[hidden]";
    }
}
