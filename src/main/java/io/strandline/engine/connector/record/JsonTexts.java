package io.strandline.engine.connector.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the texts of values out of a JSON array or out of lines (NDJSON), each as it was written. */
public final class JsonTexts {

    private JsonTexts() {}

    /**
     * The elements of an array.
     *
     * @throws RecordFormatException when it is no JSON array
     */
    public static List<byte[]> ofArray(byte[] text) throws RecordFormatException {
        List<byte[]> texts = new ArrayList<>();
        JsonScanner scanner = new JsonScanner();
        scanner.start(text, 0, text.length);
        scanner.expect('[');
        if (!scanner.accept(']')) {
            do {
                int from = scanner.position();
                scanner.skipValue();
                texts.add(Arrays.copyOfRange(text, from, scanner.end()));
            } while (scanner.accept(','));
            scanner.expect(']');
        }
        scanner.expectEnd();
        return texts;
    }

    /** The lines that are not blank. */
    public static List<byte[]> ofLines(byte[] text) {
        List<byte[]> texts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= text.length; at++) {
            if (at == text.length || text[at] == '\n') {
                add(text, from, at, texts);
                from = at + 1;
            }
        }
        return texts;
    }

    private static void add(byte[] text, int from, int to, List<byte[]> texts) {
        int end = to;
        while (end > from && text[end - 1] <= ' ' && text[end - 1] >= 0) {
            end--;
        }
        if (end > from) {
            texts.add(Arrays.copyOfRange(text, from, end));
        }
    }
}
