package io.strandline.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTests {

    private static final Function<String, List<String>> KEY = row -> List.of(row, "second/ü");

    @Test
    void carriesTheLastRowsKeyToTheNextPage() {
        Page<String> page = Page.of(List.of("c", "b", "a"), new PageQuery(2, null), "letters", KEY);

        assertThat(page.items()).containsExactly("c", "b");
        assertThat(new PageQuery(2, page.nextCursor()).after("letters", 2)).containsExactly("b", "second/ü");
    }

    @Test
    void hasNoCursorWhenNothingFollows() {
        assertThat(Page.of(List.of("b", "a"), new PageQuery(2, null), "letters", KEY)
                        .nextCursor())
                .isNull();
        assertThat(new PageQuery(2, null).after("letters", 2)).isEmpty();
    }

    @Test
    void refusesTheCursorOfAnotherList() {
        String cursor = Cursor.encode("letters", List.of("b"));

        assertInvalid("numbers", cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "AAAAAAAAAAAA", "not base64!"})
    void refusesACursorItDidNotMake(String cursor) {
        assertInvalid("letters", cursor);
    }

    @Test
    void refusesATamperedCursor() {
        String cursor = Cursor.encode("letters", List.of("b"));
        for (int i = 0; i < cursor.length(); i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            assertInvalid("letters", cursor.substring(0, i) + other + cursor.substring(i + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 501})
    void refusesALimitOutOfRange(int limit) {
        assertThatThrownBy(() -> new PageQuery(limit, null))
                .isInstanceOfSatisfying(
                        StrandlineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER));
    }

    private static void assertInvalid(String list, String cursor) {
        assertThatThrownBy(() -> new PageQuery(2, cursor).after(list, 1))
                .isInstanceOfSatisfying(
                        StrandlineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CURSOR));
    }
}
