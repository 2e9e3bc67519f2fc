package io.strandline.security.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenTests {

    private final Random random = new Random(11);

    @Test
    void isReadBackFromItsText() {
        Token made = Token.fresh(random);

        assertThat(Token.parse(made.text())).contains(made);
        assertThat(made.id()).matches("sk-[a-z2-7]{16}");
    }

    @Test
    void differsEachTime() {
        Set<String> ids = new HashSet<>();
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Token token = Token.fresh(random);
            ids.add(token.id());
            secrets.add(token.secret());
        }

        assertThat(ids).hasSize(1000);
        assertThat(secrets).hasSize(1000);
    }

    @Test
    void knowsItsOwnHashOnly() {
        Token one = Token.fresh(random);
        Token other = Token.again(one.id(), random);

        assertThat(one.hasHash(one.hash())).isTrue();
        assertThat(one.hasHash(other.hash())).isFalse();
        assertThat(one.hash()).hasSize(64).doesNotContain(one.secret());
    }

    @Test
    void doesNotShowItsSecret() {
        Token token = Token.fresh(random);

        assertThat(token.toString()).contains(token.id()).doesNotContain(token.secret());
    }

    @Test
    void isNothingElse() {
        assertThat(Token.parse("")).isEmpty();
        assertThat(Token.parse("sk-aaaaaaaaaaaaaaaa.short")).isEmpty();
        assertThat(Token.parse(Token.fresh(random).text() + "=")).isEmpty();
        assertThat(Token.parse("eyJh.eyJz.c2ln")).isEmpty();
    }
}
