package io.strandline.catalog.lookup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefNamesTests {

    @ParameterizedTest
    @ValueSource(strings = {"a", "before-v2", "release_1.0", "abcdefg", "latest-1", "deadbeef-x"})
    void takesNamesThatMeanNothingElse(String name) {
        assertThatCode(() -> RefNames.check(name, "name")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "1st",
                "-a",
                "a..b",
                "a.",
                "a b",
                "a~1",
                "a@b",
                "a/b",
                "head",
                "latest",
                "latest-verified",
                "all",
                "import",
                "deadbeef",
                "abcdef0123",
                "a19a2f5e-3a51-7cc4-9d3e-2f6f5a0b7c11",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaax"
            })
    void refusesNamesThatCouldMeanSomethingElse(String name) {
        assertThatThrownBy(() -> RefNames.check(name, "name"))
                .asInstanceOf(InstanceOfAssertFactories.type(StrandlineException.class))
                .returns(ErrorCode.INVALID_NAME, StrandlineException::code);
    }
}
