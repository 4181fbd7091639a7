import module java.base;
import java.security.KeyStore;

/** Makes a certificate for the loopback, by the JDK's keytool. */
final class Certificate {
    private static final char[] PASSWORD = "password".toCharArray();

    private Certificate() {}

    /** Writes {@code server.crt} and {@code server.key}. */
    static void write(Path folder) throws Exception {
        var store = folder.resolve("server.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var made = new ProcessBuilder(keytool.toString(), "-genkeypair", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-alias", "server",
            "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-validity", "2").redirectErrorStream(true).start();
        var said = new String(made.getInputStream().readAllBytes());
        if (made.waitFor() != 0) throw new IllegalStateException("keytool could not make a certificate: " + said);
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        Files.writeString(folder.resolve("server.crt"), pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
        Files.writeString(folder.resolve("server.key"), pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }
}
