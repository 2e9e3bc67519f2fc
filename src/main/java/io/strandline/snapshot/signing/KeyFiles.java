package io.strandline.snapshot.signing;

import io.strandline.storage.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ed25519 keys as {@code openssl genpkey -algorithm ed25519} and {@code openssl pkey -pubout} write them (PEM, RFC 7468). */
final class KeyFiles {

    static final String ALGORITHM = "Ed25519";
    private static final int MOST_BYTES = 64 << 10;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----\\s*([A-Za-z0-9+/=\\s]+?)\\s*-----END \\1-----");

    private KeyFiles() {}

    /** The one private key of a file. */
    static PrivateKey privateKey(Path file) {
        List<byte[]> keys = blocks(file, "PRIVATE KEY");
        if (keys.size() != 1) {
            throw new UnusableKeyException(file + " holds " + keys.size() + " private keys, not one", null);
        }
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
        } catch (GeneralSecurityException e) {
            throw new UnusableKeyException(file + " holds no Ed25519 private key", e);
        }
    }

    /** Every public key of a file. */
    static List<PublicKey> publicKeys(Path file) {
        List<PublicKey> keys = new ArrayList<>();
        for (byte[] encoded : blocks(file, "PUBLIC KEY")) {
            try {
                keys.add(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
            } catch (GeneralSecurityException e) {
                throw new UnusableKeyException(file + " holds a public key that is not Ed25519", e);
            }
        }
        if (keys.isEmpty()) {
            throw new UnusableKeyException(file + " holds no public key", null);
        }
        return keys;
    }

    /** What a key is known by. */
    static String id(PublicKey key) {
        return Digest.ofBytes(key.getEncoded()).toString();
    }

    private static List<byte[]> blocks(Path file, String label) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text(file));
        while (block.find()) {
            if (block.group(1).equals(label)) {
                blocks.add(Base64.getMimeDecoder().decode(block.group(2)));
            }
        }
        return blocks;
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UnusableKeyException(file + " is too large for a file of keys", null);
            }
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UnusableKeyException(file + " cannot be read: " + e, e);
        }
    }
}
