package io.strandline.transfer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * The 512 bytes in front of a file in a tar archive: POSIX.1-1988 ustar, with GNU's binary form for sizes from 8 GiB on.
 *
 * <p>Reads no more than it writes and what common tools write for the same files: plain files and directories with a short
 * name. Links, devices, sparse files, and the long names and extra headers of pax and GNU are refused.
 *
 * @param name the entry's name, at most 100 ASCII characters
 * @param size bytes of content; 0 for a directory
 * @param directory whether it is a directory
 */
record TarHeader(String name, long size, boolean directory) {

    static final int BLOCK = 512;

    private static final int NAME = 100;
    private static final int MODE_AT = 100;
    private static final int SIZE_AT = 124;
    private static final int NUMBER = 12;
    private static final int TIME_AT = 136;
    private static final int SUM_AT = 148;
    private static final int SUM = 8;
    private static final int TYPE_AT = 156;
    private static final int LINK_AT = 157;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;
    private static final long MOST_OCTAL = 1L << 33;
    private static final byte[] USTAR = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GNU = "ustar  \0".getBytes(StandardCharsets.US_ASCII);

    /** The header of a plain file. */
    static byte[] of(String name, long size, Instant modified) {
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, MODE_AT, "0000644\0" + "0000000\0" + "0000000\0");
        if (size < MOST_OCTAL) {
            put(block, SIZE_AT, "%011o".formatted(size));
        } else {
            putBinary(block, size);
        }
        put(block, TIME_AT, "%011o".formatted(Math.max(0, modified.getEpochSecond())));
        block[TYPE_AT] = '0';
        System.arraycopy(USTAR, 0, block, MAGIC_AT, USTAR.length);
        put(block, SUM_AT, sumField(block));
        return block;
    }

    /** Reads a block that is not all zeros. */
    static TarHeader read(byte[] block) throws MalformedArchiveException {
        if (!sumField(block).equals(new String(block, SUM_AT, SUM, StandardCharsets.ISO_8859_1))) {
            throw new MalformedArchiveException("a header's checksum is wrong: it is no tar archive, or damaged");
        }
        byte[] magic = Arrays.copyOfRange(block, MAGIC_AT, MAGIC_AT + USTAR.length);
        if (!Arrays.equals(magic, USTAR) && !Arrays.equals(magic, GNU)) {
            throw new MalformedArchiveException("a header is neither ustar's nor GNU tar's");
        }
        requireZeros(block, LINK_AT, NAME, "names a link's target");
        requireZeros(block, PREFIX_AT, PREFIX, "has a prefix to its name");
        String name = name(block);
        boolean directory = isDirectory(block[TYPE_AT], name);
        long size = size(block);
        if (directory && size != 0) {
            throw new MalformedArchiveException("directory " + name + " has content");
        }
        return new TarHeader(name, size, directory);
    }

    static boolean isZero(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of content and of the zeros that fill its last block. */
    static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static boolean isDirectory(byte type, String name) throws MalformedArchiveException {
        return switch (type) {
            case '0', 0 -> false;
            case '5' -> true;
            case '1', '2' -> throw new MalformedArchiveException(name + " is a link");
            case '3', '4', '6' -> throw new MalformedArchiveException(name + " is a device or pipe");
            case 'S' -> throw new MalformedArchiveException(name + " is a sparse file");
            case 'x', 'g', 'L', 'K' ->
                throw new MalformedArchiveException(
                        "there is an extra header of pax or GNU tar; write the archive with tar --format=ustar");
            default -> throw new MalformedArchiveException(name + " is of an unknown type: " + type);
        };
    }

    private static String name(byte[] block) throws MalformedArchiveException {
        int length = 0;
        while (length < NAME && block[length] != 0) {
            if (block[length] < ' ' || block[length] > '~') {
                throw new MalformedArchiveException("a name has a byte that is no printable ASCII character");
            }
            length++;
        }
        requireZeros(block, length, NAME - length, "has something behind its name");
        if (length == 0) {
            throw new MalformedArchiveException("an entry has no name");
        }
        return new String(block, 0, length, StandardCharsets.US_ASCII);
    }

    private static long size(byte[] block) throws MalformedArchiveException {
        if (block[SIZE_AT] != (byte) 0x80) {
            return octal(block, SIZE_AT, NUMBER, "size");
        }
        long size = 0;
        for (int i = SIZE_AT + 1; i < SIZE_AT + NUMBER; i++) {
            if (size >>> Long.SIZE - 1 - Byte.SIZE != 0) {
                throw new MalformedArchiveException("a size is beyond all bounds");
            }
            size = size << Byte.SIZE | block[i] & 0xFF;
        }
        return size;
    }

    /** Digits up to the first NUL or space. */
    private static long octal(byte[] block, int at, int length, String what) throws MalformedArchiveException {
        long value = 0;
        int end = at + length;
        int i = at;
        while (i < end && block[i] >= '0' && block[i] <= '7') {
            value = value << 3 | block[i] - '0';
            i++;
        }
        boolean ended = i == end || block[i] == 0 || block[i] == ' ';
        if (i == at || !ended) {
            throw new MalformedArchiveException("a header's " + what + " is no octal number");
        }
        return value;
    }

    private static void requireZeros(byte[] block, int at, int length, String what) throws MalformedArchiveException {
        for (int i = at; i < at + length; i++) {
            if (block[i] != 0) {
                throw new MalformedArchiveException("an entry " + what);
            }
        }
    }

    private static String sumField(byte[] block) {
        return "%06o\0 ".formatted(sum(block));
    }

    /** The sum of all bytes, those of the checksum itself taken for spaces. */
    private static long sum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= SUM_AT && i < SUM_AT + SUM ? ' ' : block[i] & 0xFF;
        }
        return sum;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private static void putBinary(byte[] block, long size) {
        block[SIZE_AT] = (byte) 0x80;
        long rest = size;
        for (int i = SIZE_AT + NUMBER - 1; i > SIZE_AT; i--) {
            block[i] = (byte) rest;
            rest >>>= Byte.SIZE;
        }
    }
}
