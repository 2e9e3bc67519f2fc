package io.strandline.storage.file;

import io.strandline.storage.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of files, read in pieces small enough to be hashed while they are still in the processor's cache. */
final class FileHashing {

    private static final int PIECE_BYTES = 1 << 16;

    private FileHashing() {}

    static Digest hash(FileChannel file) throws IOException {
        MessageDigest sha256 = sha256();
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, Math.max(1, file.size())));
        long offset = 0;
        for (int read = file.read(piece, offset); read >= 0; read = file.read(piece, offset)) {
            sha256.update(piece.flip());
            piece.clear();
            offset += read;
        }
        return Digest.of(sha256.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
