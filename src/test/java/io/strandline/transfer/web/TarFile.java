package io.strandline.transfer.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A tar archive that a test takes apart and puts together otherwise; knows nothing of the code that it is to fool. */
final class TarFile {

    static final int BLOCK = 512;
    private static final int SUM_AT = 148;
    private static final int SUM = 8;

    final List<Entry> entries = new ArrayList<>();

    /** One entry: its header as it is, and its content. */
    static final class Entry {

        final byte[] header;
        byte[] content;

        Entry(byte[] header, byte[] content) {
            this.header = header.clone();
            this.content = content.clone();
        }

        /** A plain file like {@code model}, of another name and content. */
        Entry(Entry model, String name, byte[] content) {
            this(model.header, content);
            rename(name);
            resize(content.length);
        }

        String name() {
            int end = 0;
            while (end < 100 && header[end] != 0) {
                end++;
            }
            return new String(header, 0, end, StandardCharsets.US_ASCII);
        }

        void rename(String name) {
            Arrays.fill(header, 0, 100, (byte) 0);
            put(0, name);
        }

        void retype(char type) {
            header[156] = (byte) type;
            sign();
        }

        void resize(long size) {
            put(124, "%011o".formatted(size) + "\0");
        }

        void put(int at, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(bytes, 0, header, at, bytes.length);
            sign();
        }

        /** Makes the header's checksum right. */
        void sign() {
            Arrays.fill(header, SUM_AT, SUM_AT + SUM, (byte) ' ');
            int sum = 0;
            for (byte each : header) {
                sum += each & 0xFF;
            }
            byte[] text = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(text, 0, header, SUM_AT, SUM);
        }
    }

    static TarFile read(byte[] archive) {
        TarFile file = new TarFile();
        int at = 0;
        while (archive[at] != 0) {
            byte[] header = Arrays.copyOfRange(archive, at, at + BLOCK);
            int size = Integer.parseInt(new String(header, 124, 11, StandardCharsets.US_ASCII), 8);
            file.entries.add(new Entry(header, Arrays.copyOfRange(archive, at + BLOCK, at + BLOCK + size)));
            at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return file;
    }

    Entry entry(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The content of an entry as text. */
    String text(String name) {
        return new String(entry(name).content, StandardCharsets.UTF_8);
    }

    /** Gives an entry another content of whatever length. */
    void replace(String name, String text) {
        Entry entry = entry(name);
        entry.content = text.getBytes(StandardCharsets.UTF_8);
        entry.resize(entry.content.length);
    }

    /** Gives a blob another content, and its new digest and size to everything in the other entries that names it. */
    void rehash(String oldHex, byte[] content) {
        Entry blob = entry("blobs/sha256/" + oldHex);
        int oldSize = blob.content.length;
        String hex = hex(content);
        blob.content = content;
        blob.rename("blobs/sha256/" + hex);
        blob.resize(content.length);
        for (Entry entry : List.copyOf(entries)) {
            String text = new String(entry.content, StandardCharsets.ISO_8859_1);
            if (entry != blob && text.contains(oldHex)) {
                byte[] renamed = text.replace(
                                "\"sha256:" + oldHex + "\",\"size\":" + oldSize,
                                "\"sha256:" + hex + "\",\"size\":" + content.length)
                        .getBytes(StandardCharsets.ISO_8859_1);
                if (entry.name().startsWith("blobs/")) {
                    rehash(entry.name().substring("blobs/sha256/".length()), renamed);
                } else {
                    entry.content = renamed;
                    entry.resize(renamed.length);
                }
            }
        }
    }

    /** The digest of the version's manifest. */
    String manifest() {
        String index = text("index.json");
        int at = index.indexOf("sha256:") + "sha256:".length();
        return index.substring(at, at + 64);
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            all.writeBytes(entry.header);
            all.writeBytes(entry.content);
            all.writeBytes(new byte[(BLOCK - entry.content.length % BLOCK) % BLOCK]);
        }
        all.writeBytes(new byte[2 * BLOCK]);
        return all.toByteArray();
    }

    static String hex(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
