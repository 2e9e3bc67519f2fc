package io.strandline.transfer.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** Archives that differ from a sound one in one way each, by a seed. */
final class ArchiveMutants {

    private static final int BLOCK = TarFile.BLOCK;

    private final byte[] sound;
    private final Random random;
    private final List<Mutant> mutants = new ArrayList<>();

    private ArchiveMutants(byte[] sound, long seed) {
        this.sound = sound;
        this.random = new Random(seed);
    }

    /** One, and what was done to it. */
    record Mutant(String what, byte[] archive) {

        @Override
        public String toString() {
            return what;
        }
    }

    /** Archives whose files were changed, with all that names them: sound in themselves, of whatever state. */
    static List<Mutant> rewritten(byte[] sound, long seed, int count) {
        ArchiveMutants making = new ArchiveMutants(sound, seed);
        making.rewrite(count);
        return making.mutants;
    }

    /** All that can be made of an archive; {@code each} of those at random places. */
    static List<Mutant> of(byte[] sound, long seed, int each) {
        ArchiveMutants making = new ArchiveMutants(sound, seed);
        making.broken(each);
        making.named();
        making.typed();
        making.sized();
        making.shuffled();
        making.documents();
        making.manifests();
        making.contents(each);
        return making.mutants;
    }

    private void broken(int each) {
        for (int i = 0; i < each; i++) {
            flip("header", at(i % entries()) + random.nextInt(BLOCK));
            flip("content", content(i % entries()));
            flip("end", sound.length - 1 - random.nextInt(2 * BLOCK));
            int cut = random.nextInt(sound.length);
            add("cut at " + cut, Arrays.copyOf(sound, cut));
            int block = random.nextInt(sound.length / BLOCK - 1) * BLOCK;
            add("cut at block " + block, Arrays.copyOf(sound, block));
            int place = random.nextInt(sound.length - 2 * BLOCK);
            add("a byte more at " + place, joined(0, place, new byte[] {(byte) (1 + random.nextInt(255))}, place));
            add("a byte less at " + place, joined(0, place, new byte[0], place + 1));
            add("a block less at " + block, joined(0, block, new byte[0], block + BLOCK));
        }
        for (int i = 0; i < entries(); i++) {
            int end = at(i) + BLOCK + size(i);
            if (end % BLOCK != 0) {
                flip("padding", end + random.nextInt(BLOCK - end % BLOCK));
            }
        }
        add("nothing", new byte[0]);
        add("zeros", new byte[4 * BLOCK]);
        add("noise behind", joined(0, sound.length, new byte[] {0, 0, 0, 7}, sound.length));
        add("itself behind", joined(0, sound.length, sound, sound.length));
        add("compressed", compressed());
    }

    private void named() {
        for (String name : List.of(
                "../evil",
                "/etc/passwd",
                "blobs/sha256/../../../evil",
                "blobs/../oci-layout",
                "blobs\\sha256\\evil",
                "C:/evil",
                "./../evil",
                "blobs/sha512/" + "0".repeat(64),
                "blobs/sha256/" + "A".repeat(64),
                "blobs/sha256/" + "0".repeat(63),
                "blobs/sha256/" + "0".repeat(65),
                "blobs/sha256/",
                "INDEX.JSON",
                "manifest.json",
                "a\u0001b",
                " index.json")) {
            edit(
                    "an entry more named " + name,
                    tar -> tar.entries.add(new TarFile.Entry(first(tar), name, new byte[3])));
            edit("a blob named " + name, tar -> last(tar).rename(name));
        }
        edit("no name", tar -> last(tar).rename(""));
        edit("a prefix", tar -> last(tar).put(345, "blobs"));
        edit("a link's target", tar -> last(tar).put(157, "/etc/passwd"));
        edit("bytes behind the name", tar -> first(tar).put(60, "x"));
    }

    private void typed() {
        for (char type : "1234567xgLKSDMNV".toCharArray()) {
            edit("type " + type, tar -> last(tar).retype(type));
            edit("an entry more of type " + type, tar -> {
                TarFile.Entry more = new TarFile.Entry(
                        first(tar), "PaxHeaders/x", "30 mtime=1.5\n".getBytes(StandardCharsets.US_ASCII));
                more.retype(type);
                tar.entries.add(0, more);
            });
        }
        edit("no ustar", tar -> first(tar).put(257, "ustax"));
        edit("version 01", tar -> first(tar).put(263, "01"));
    }

    private void sized() {
        for (String size : List.of(
                "77777777777\0", "00000000000\0", "-0000000001\0", "00000000009\0", "            ", "0x000000010\0")) {
            edit("size " + size.strip(), tar -> last(tar).put(124, size));
        }
        edit("binary size", tar -> last(tar).put(124, "\u0080\0\0\0\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"));
        edit(
                "negative size",
                tar -> last(tar).put(124, "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"));
        edit("a byte longer", tar -> last(tar).resize(last(tar).content.length + 1));
        edit("a byte shorter", tar -> last(tar).resize(last(tar).content.length - 1));
    }

    private void shuffled() {
        for (int i = 0; i < entries(); i++) {
            int at = i;
            edit("without entry " + i, tar -> tar.entries.remove(at));
            edit("entry " + i + " twice", tar -> tar.entries.add(tar.entries.get(at)));
            edit("entry " + i + " twice, once as ./", tar -> {
                TarFile.Entry entry = tar.entries.get(at);
                tar.entries.add(new TarFile.Entry(entry, "./" + entry.name(), entry.content));
            });
            edit("contents of " + i + " and the one before swapped", tar -> {
                TarFile.Entry one = tar.entries.get(at);
                TarFile.Entry other = tar.entries.get((at + entries() - 1) % entries());
                byte[] content = one.content;
                one.content = other.content;
                other.content = content;
                one.resize(one.content.length);
                other.resize(other.content.length);
            });
        }
        edit("a blob that nobody names", tar -> {
            byte[] more = "more".getBytes(StandardCharsets.US_ASCII);
            tar.entries.add(new TarFile.Entry(first(tar), "blobs/sha256/" + TarFile.hex(more), more));
        });
    }

    private void documents() {
        for (int i = 0; i < 40; i++) {
            String name = i % 4 == 0 ? "oci-layout" : "index.json";
            edit("a bit of " + name, tar -> {
                byte[] content = tar.entry(name).content;
                content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            });
        }
        text("oci-layout", "1.0.0", "2.0.0");
        text("oci-layout", "}", ",\"more\":1}");
        text("index.json", "\"schemaVersion\":2", "\"schemaVersion\":1");
        text("index.json", "\"schemaVersion\":2", "\"schemaVersion\":2,\"schemaVersion\":2");
        text("index.json", "\"manifests\":[", "\"manifests\":[{},");
        text("index.json", "\"manifests\":", "\"manifestz\":");
        text("index.json", "image.manifest.v1", "image.index.v1");
        text("index.json", "snapshot.v1", "snapshot.v2");
        text("index.json", "\"io.strandline.job\":\"", "\"io.strandline.job\":\"x");
        text("index.json", "\"size\":", "\"size\":-");
        text("index.json", "\"size\":", "\"size\":1e3,\"x\":");
        text("index.json", "\"annotations\":{", "\"annotations\":{\"other\":\"x\",");
        edit("index.json deep", tar -> tar.replace("index.json", "[".repeat(100_000)));
        edit("index.json large", tar -> tar.replace("index.json", tar.text("index.json") + " ".repeat(2 << 20)));
    }

    /** The manifest says otherwise, and everything that names it goes along. */
    private void manifests() {
        manifest("snapshot.v1+json", "snapshot.v2+json");
        manifest("\"schemaVersion\":2", "\"schemaVersion\":3");
        manifest("vnd.strandline.run.", "vnd.other.run.");
        manifest("\"io.strandline.key-groups\":\"", "\"io.strandline.key-groups\":\"999");
        manifest("\"io.strandline.entries\":\"", "\"io.strandline.entries\":\"-");
        manifest("\"io.strandline.number\":\"", "\"io.strandline.number\":\"-");
        manifest("\"io.strandline.kind\":\"", "\"io.strandline.kind\":\"X");
        manifest("\"io.strandline.operator\":\"", "\"io.strandline.operator\":\"other");
        manifest("\"io.strandline.max-parallelism\":\"", "\"io.strandline.max-parallelism\":\"9");
        manifest("\"annotations\":{\"org", "\"more\":1,\"annotations\":{\"org");
        manifest("\"layers\":[", "\"layers\":[{},");
        manifest("\"data\":\"", "\"data\":\"QUFB");
        manifest("\"data\":\"", "\"datum\":\"");
        edit("a layer's size", tar -> {
            String text = tar.text("blobs/sha256/" + tar.manifest());
            int at = text.indexOf("\"size\":", text.indexOf("\"layers\""));
            tar.rehash(
                    tar.manifest(),
                    (text.substring(0, at) + "\"size\":1" + text.substring(at + 7)).getBytes(StandardCharsets.UTF_8));
        });
    }

    /** A file of the version is cut short, and everything that names it goes along. */
    private void contents(int each) {
        for (int i = 0; i < each; i++) {
            edit("a file cut short, under its new name", tar -> {
                TarFile.Entry file = last(tar);
                byte[] content = Arrays.copyOf(file.content, random.nextInt(file.content.length));
                tar.rehash(file.name().substring("blobs/sha256/".length()), content);
            });
        }
    }

    private void rewrite(int count) {
        for (int i = 0; i < count; i++) {
            edit("a file with a bit flipped, under its new name", tar -> {
                TarFile.Entry file = last(tar);
                byte[] content = file.content.clone();
                content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
                tar.rehash(file.name().substring("blobs/sha256/".length()), content);
            });
        }
    }

    private void manifest(String from, String to) {
        edit("manifest with " + to, tar -> {
            String text = tar.text("blobs/sha256/" + tar.manifest());
            if (!text.contains(from)) {
                throw new IllegalStateException("the manifest has no " + from);
            }
            int at = text.lastIndexOf(from);
            String other = text.substring(0, at) + to + text.substring(at + from.length());
            tar.rehash(tar.manifest(), other.getBytes(StandardCharsets.UTF_8));
        });
    }

    private void text(String name, String from, String to) {
        edit(
                name + " with " + to,
                tar -> tar.replace(
                        name,
                        tar.text(name)
                                .replaceFirst(
                                        java.util.regex.Pattern.quote(from),
                                        java.util.regex.Matcher.quoteReplacement(to))));
    }

    private void edit(String what, Consumer<TarFile> change) {
        TarFile tar = TarFile.read(sound);
        change.accept(tar);
        add(what, tar.bytes());
    }

    private void flip(String where, int at) {
        byte[] other = sound.clone();
        int bit = random.nextInt(8);
        other[at] ^= (byte) (1 << bit);
        add("bit %d of byte %d (%s)".formatted(bit, at, where), other);
    }

    private void add(String what, byte[] archive) {
        mutants.add(new Mutant(mutants.size() + ": " + what, archive));
    }

    private byte[] joined(int from, int to, byte[] between, int rest) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(sound, from, to - from);
        all.writeBytes(between);
        all.write(sound, rest, sound.length - rest);
        return all.toByteArray();
    }

    private byte[] compressed() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(all)) {
            out.write(sound);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    private int entries() {
        return TarFile.read(sound).entries.size();
    }

    private int size(int entry) {
        return TarFile.read(sound).entries.get(entry).content.length;
    }

    private int at(int entry) {
        int at = 0;
        for (int i = 0; i < entry; i++) {
            at += BLOCK + (size(i) + BLOCK - 1) / BLOCK * BLOCK;
        }
        return at;
    }

    private int content(int entry) {
        return at(entry) + BLOCK + random.nextInt(size(entry));
    }

    private static TarFile.Entry first(TarFile tar) {
        return tar.entries.get(0);
    }

    private static TarFile.Entry last(TarFile tar) {
        return tar.entries.get(tar.entries.size() - 1);
    }
}
