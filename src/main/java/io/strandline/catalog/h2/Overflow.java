package io.strandline.catalog.h2;

import io.strandline.storage.StorageFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What was written over a file since it found no room, in pages in memory; the file itself stays as it was at that moment,
 * which is what a crash leaves. Safe for concurrent use.
 */
final class Overflow {

    /** H2 writes whole blocks of this size, and two of them as the header of a file. */
    static final int PAGE_BYTES = 4096;

    private static final int HEADER_PAGES = 2;

    private final FileChannel file;
    private final int mostPages;
    private final NavigableMap<Long, byte[]> pages = new TreeMap<>();

    /** How far the file's own bytes are still part of the content. */
    private long kept;

    private long size;

    /** @param mostPages how many pages are held at most; what goes beyond is refused like on a full disk */
    Overflow(FileChannel file, int mostPages) throws IOException {
        this.file = file;
        this.mostPages = mostPages;
        this.kept = file.size();
        this.size = kept;
    }

    synchronized long size() {
        return size;
    }

    /** Reads at a position, over the end as little as a file does. */
    synchronized int read(ByteBuffer to, long position) throws IOException {
        if (position >= size) {
            return to.hasRemaining() ? -1 : 0;
        }
        int wanted = (int) Math.min(to.remaining(), size - position);
        for (int done = 0; done < wanted; ) {
            long at = position + done;
            int within = (int) (at % PAGE_BYTES);
            int length = Math.min(wanted - done, PAGE_BYTES - within);
            to.put(page(at / PAGE_BYTES), within, length);
            done += length;
        }
        return wanted;
    }

    /** Takes all of it, or nothing when it would be too much. */
    synchronized void write(ByteBuffer from, long position) throws IOException {
        long first = position / PAGE_BYTES;
        long last = (position + from.remaining() - 1) / PAGE_BYTES;
        long more = last - first + 1 - pages.subMap(first, true, last, true).size();
        if (pages.size() + more > mostPages) {
            throw new StorageFullException(
                    "No space left on device, and " + (long) pages.size() * PAGE_BYTES + " bytes are in memory", null);
        }
        for (long at = position; from.hasRemaining(); ) {
            byte[] page = page(at / PAGE_BYTES);
            int within = (int) (at % PAGE_BYTES);
            int length = Math.min(from.remaining(), PAGE_BYTES - within);
            from.get(page, within, length);
            pages.put(at / PAGE_BYTES, page);
            at += length;
            size = Math.max(size, at);
        }
    }

    synchronized void truncate(long to) {
        size = Math.min(size, to);
        kept = Math.min(kept, to);
        pages.tailMap((to + PAGE_BYTES - 1) / PAGE_BYTES, true).clear();
    }

    private byte[] page(long number) throws IOException {
        byte[] held = pages.get(number);
        if (held != null) {
            return held;
        }
        long begin = number * PAGE_BYTES;
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
        page.limit((int) Math.max(0, Math.min(PAGE_BYTES, kept - begin)));
        int read;
        do {
            read = file.read(page, begin + page.position());
        } while (read >= 0 && page.hasRemaining());
        return page.array();
    }

    /**
     * Brings the file up to date: first what lengthens it, since only that can find no room, then the rest, then its header,
     * by which H2 finds everything else.
     *
     * @throws IOException when there is still no room; the content is then as before
     */
    synchronized void writeOut() throws IOException {
        long before = file.size();
        long end = (before + PAGE_BYTES - 1) / PAGE_BYTES;
        try {
            writeOut(pages.tailMap(end, true));
        } catch (IOException full) {
            file.truncate(before);
            throw full;
        }
        writeOut(pages.subMap((long) HEADER_PAGES, true, Math.max(HEADER_PAGES, end), false));
        file.force(false);
        writeOut(pages.headMap(Math.min(end, HEADER_PAGES), false));
        if (file.size() > size) {
            file.truncate(size);
        }
        file.force(true);
    }

    private void writeOut(NavigableMap<Long, byte[]> some) throws IOException {
        for (var page : some.entrySet()) {
            long begin = page.getKey() * PAGE_BYTES;
            ByteBuffer bytes = ByteBuffer.wrap(page.getValue(), 0, (int) Math.min(PAGE_BYTES, size - begin));
            while (bytes.hasRemaining()) {
                file.write(bytes, begin + bytes.position());
            }
        }
    }
}
