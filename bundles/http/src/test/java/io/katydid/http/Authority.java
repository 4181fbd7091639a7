package io.katydid.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Is a certificate authority of one test run: what it signs is valid today, wherever and whenever that is. */
final class Authority {
    private static final byte[] ECDSA_WITH_SHA256 = {0x30, 0x0A, 0x06, 0x08, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x04, 0x03, 0x02};
    private static final char[] PASSWORD = "test".toCharArray();
    private final String name;
    private final KeyPair keys = keys();
    private final Certificate certificate;

    /** Is a certificate with its key. */
    record Identity(Certificate certificate, KeyPair keys) {

        /** Writes chain and key to one PEM file. */
        Path pem(Path folder) throws IOException, GeneralSecurityException {
            return Files.writeString(Files.createTempFile(folder, "identity", ".pem"),
                block("CERTIFICATE", certificate.getEncoded()) + block("PRIVATE KEY", keys.getPrivate().getEncoded()));
        }

        Path chain(Path folder) throws IOException, GeneralSecurityException {
            return Files.writeString(Files.createTempFile(folder, "chain", ".pem"), block("CERTIFICATE", certificate.getEncoded()));
        }

        Path key(Path folder) throws IOException {
            return Files.writeString(Files.createTempFile(folder, "key", ".pem"), block("PRIVATE KEY", keys.getPrivate().getEncoded()));
        }

        private static String block(String kind, byte[] content) {
            return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(content) + "\n-----END "
                + kind
                + "-----\n";
        }
    }

    Authority(String name) throws GeneralSecurityException, IOException {
        this.name = name;
        certificate = signed(name, keys, new byte[0], Instant.now().plus(Duration.ofDays(1)), true);
    }

    /** Makes the certificate of a server or client; names that are addresses are addresses in it. */
    Identity identity(String subject, String... names) throws GeneralSecurityException, IOException {
        return identity(subject, Instant.now().plus(Duration.ofDays(1)), names);
    }

    Identity expired(String subject, String... names) throws GeneralSecurityException, IOException {
        return identity(subject, Instant.now().minus(Duration.ofMinutes(1)), names);
    }

    private Identity identity(String subject, Instant end, String... names) throws GeneralSecurityException, IOException {
        var alternatives = new ByteArrayOutputStream();
        for (var each : names) {
            boolean address = each.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
            alternatives.writeBytes(address ? tag(0x87, InetAddress.getByName(each).getAddress())
                : tag(0x82, each.getBytes(StandardCharsets.US_ASCII)));
        }
        var own = keys();
        return new Identity(signed(subject, own, alternatives.toByteArray(), end, false), own);
    }

    /** Gives a TLS set-up that trusts this authority and presents nothing. */
    SSLContext trusting() throws GeneralSecurityException, IOException {
        return context(KeyStore.getInstance("PKCS12"));
    }

    /** Gives a TLS set-up that presents this identity and trusts this authority. */
    SSLContext presenting(Identity identity) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry("own", identity.keys().getPrivate(), PASSWORD, new Certificate[]{identity.certificate()});
        return context(store);
    }

    private SSLContext context(KeyStore own) throws GeneralSecurityException, IOException {
        if (own.getProvider() != null && !loaded(own)) own.load(null, PASSWORD);
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("authority", certificate);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var present = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        present.init(own, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(present.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static boolean loaded(KeyStore store) {
        try {
            return store.size() >= 0;
        } catch (GeneralSecurityException notYet) {
            return false;
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private Certificate signed(String subject, KeyPair of, byte[] alternatives, Instant end, boolean authority)
        throws GeneralSecurityException, IOException {
        var begin = Instant.now().minus(Duration.ofDays(1));
        var extension = authority
            ? sequence(oid(0x55, 0x1D, 0x13), tag(0x01, new byte[]{-1}), tag(0x04, sequence(tag(0x01, new byte[]{-1}))))
            : sequence(oid(0x55, 0x1D, 0x11), tag(0x04, sequence(alternatives)));
        var extensions = authority || alternatives.length > 0 ? tag(0xA3, sequence(extension)) : new byte[0];
        var content = sequence(tag(0xA0, tag(0x02, new byte[]{2})), tag(0x02, BigInteger.valueOf(System.nanoTime()).abs().toByteArray()),
            ECDSA_WITH_SHA256, named(name), sequence(time(begin), time(end)), named(subject), of.getPublic().getEncoded(), extensions);
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        var bits = new ByteArrayOutputStream();
        bits.write(0);
        bits.writeBytes(signature.sign());
        return CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(sequence(content, ECDSA_WITH_SHA256, tag(0x03, bits.toByteArray()))));
    }

    private static byte[] named(String commonName) {
        return sequence(tag(0x31, sequence(oid(0x55, 0x04, 0x03), tag(0x0C, commonName.getBytes(StandardCharsets.UTF_8)))));
    }

    private static byte[] time(Instant moment) {
        return tag(0x18,
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC).format(moment).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(int... numbers) {
        var bytes = new byte[numbers.length];
        for (int i = 0; i < numbers.length; i++) bytes[i] = (byte) numbers[i];
        return tag(0x06, bytes);
    }

    private static byte[] sequence(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) all.writeBytes(part);
        return tag(0x30, all.toByteArray());
    }

    private static byte[] tag(int tag, byte[] content) {
        var all = new ByteArrayOutputStream();
        all.write(tag);
        if (content.length > 255) all.writeBytes(new byte[]{(byte) 0x82, (byte) (content.length >> 8)});
        else
            if (content.length > 127) all.write(0x81);
        all.write(content.length);
        all.writeBytes(content);
        return all.toByteArray();
    }
}
