package io.strandline.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.FieldError;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PolicyDocumentTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void rulesByTheShippedDefaultWhereNobodySavedAPolicy() {
        RetentionPolicy policy = merge("{}", "{}").policy();

        assertThat(policy.keep())
                .isEqualTo(new RetentionPolicy.Keep(
                        20,
                        null,
                        Map.of(RetentionPolicy.Period.HOUR, 24, RetentionPolicy.Period.DAY, 7),
                        null,
                        Set.of(SnapshotKind.MANUAL, SnapshotKind.FINAL, SnapshotKind.RESTORED, SnapshotKind.IMPORTED),
                        null));
        assertThat(policy.floor()).isEqualTo(new RetentionPolicy.Floor(3, 0));
        assertThat(policy.schedule()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.trashWindow(SnapshotKind.PERIODIC)).isEqualTo(Duration.ofHours(1));
        assertThat(policy.trashWindow(SnapshotKind.MANUAL)).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void letsTheJobOverrideTheServerFieldByField() {
        EffectivePolicy effective = merge(
                "{\"keep\":{\"last\":9,\"within\":\"P2D\"},\"trash\":{\"window\":\"PT0S\"}}",
                "{\"keep\":{\"last\":2,\"hourly\":null}}");

        assertThat(effective.policy().keep().last()).isEqualTo(2);
        assertThat(effective.policy().keep().within()).isEqualTo(Duration.ofDays(2));
        assertThat(effective.policy().keep().periods()).doesNotContainKey(RetentionPolicy.Period.HOUR);
        assertThat(effective.policy().trashWindow(SnapshotKind.MANUAL)).isZero();
        assertThat(JSON.writeValueAsString(PolicyWriter.effective(effective)))
                .startsWith("{\"keep\":{\"last\":{\"value\":2,\"setBy\":\"JOB\"},\"within\":{\"value\":\"P2D\","
                        + "\"setBy\":\"SERVER\"},\"hourly\":{\"value\":null,\"setBy\":\"JOB\"},"
                        + "\"daily\":{\"value\":7,\"setBy\":\"DEFAULT\"}");
    }

    @Test
    void switchesAWholeGroupOffByNull() {
        EffectivePolicy effective = merge("{}", "{\"keep\":null}");

        assertThat(effective.policy().keepsEverything()).isTrue();
    }

    @Test
    void writesADocumentAsItWasGiven() {
        String given = "{\"keep\":{\"last\":5,\"daily\":null,\"weekly\":4,\"monthly\":12,\"yearly\":3,"
                + "\"labels\":[\"env=prod\",\"release\"],\"kinds\":[\"MANUAL\"],\"oldest\":1},"
                + "\"cap\":{\"maxBytes\":10000000000},\"timeZone\":\"Europe/Berlin\",\"schedule\":\"PT1H\"}";

        assertThat(JSON.writeValueAsString(PolicyWriter.document(read(given, PolicyLevel.JOB))))
                .isEqualTo(given);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'keep':{'last':-1}} | /keep/last | INVALID_POLICY",
                "{'keep':{'last':'5'}} | /keep/last | INVALID_POLICY",
                "{'keep':{'last':2.5}} | /keep/last | INVALID_POLICY",
                "{'keep':{'within':'5 days'}} | /keep/within | INVALID_POLICY",
                "{'keep':{'within':'-PT1H'}} | /keep/within | INVALID_POLICY",
                "{'keep':{'kinds':['MANUAL','DAILY']}} | /keep/kinds/1 | INVALID_POLICY",
                "{'keep':{'kinds':'MANUAL'}} | /keep/kinds | INVALID_POLICY",
                "{'keep':{'lst':1}} | /keep/lst | INVALID_POLICY",
                "{'keep':7} | /keep | INVALID_POLICY",
                "{'timeZone':'Berlin'} | /timeZone | INVALID_POLICY",
                "{'schedule':'PT0S'} | /schedule | INVALID_POLICY",
                "{'a/b':1} | /a~1b | INVALID_POLICY",
                "{'keep':{'weekly':true}} | /keep/weekly | INVALID_POLICY",
                "{'keep':{'labels':{}}} | /keep/labels | INVALID_POLICY",
                "{'keep':{'labels':['env','=prod']}} | /keep/labels/1 | INVALID_POLICY",
                "{'cap':{'maxBytes':-1}} | /cap/maxBytes | INVALID_POLICY",
                "{'cap':{'maxBytes':'1 GB'}} | /cap/maxBytes | INVALID_POLICY",
            })
    void refusesAMistakeWithItsPlace(String json, String pointer, ErrorCode code) {
        StrandlineException refusal = catchThrowableOfType(
                StrandlineException.class, () -> read(json.replace('\'', '"'), PolicyLevel.SERVER));

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.problem().errors()).extracting(FieldError::pointer).containsExactly(pointer);
    }

    @Test
    void refusesAScheduleForASinglePlan() {
        StrandlineException refusal = catchThrowableOfType(
                StrandlineException.class, () -> read("{\"schedule\":\"PT1H\"}", PolicyLevel.OVERRIDE));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_POLICY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'keep':{'last':0,'hourly':null,'daily':null,'kinds':[]}} | /keep",
                "{'cap':{'maxCount':0}} | /cap/maxCount",
                "{'cap':{'maxAge':'PT0S'}} | /cap/maxAge",
                "{'cap':{'maxBytes':0}} | /cap/maxBytes",
                "{'keep':{'last':10},'cap':{'maxCount':5}} | /cap/maxCount",
                "{'keep':{'oldest':6},'cap':{'maxCount':5}} | /cap/maxCount",
                "{'keep':{'monthly':12},'cap':{'maxAge':'P90D'}} | /cap/maxAge",
                "{'keep':{'oldest':1},'cap':{'maxAge':'P90D'}} | /cap/maxAge",
                "{'keep':{'daily':28,'weekly':4}} | /keep/weekly",
                "{'keep':{'monthly':24,'yearly':2}} | /keep/yearly",
                "{'keep':{'within':'P7D'},'cap':{'maxAge':'P1D'}} | /cap/maxAge",
                "{'keep':{'daily':7},'cap':{'maxAge':'P2D'}} | /cap/maxAge",
                "{'keep':{'last':5,'kinds':['PERIODIC','MANUAL','FINAL','SAFETY','RESTORED','IMPORTED']}} | /keep/last",
            })
    void findsWhatCannotBeMeant(String json, String pointer) {
        PolicyDocument saved = read(json.replace('\'', '"'), PolicyLevel.JOB);

        PolicyLint.Findings findings = PolicyLint.check(merge(saved), saved);

        assertThat(findings.errors()).extracting(FieldError::pointer).containsExactly(pointer);
    }

    @Test
    void warnsOnlyWhereACapOverrulesAnInheritedRule() {
        PolicyDocument saved = read("{\"cap\":{\"maxCount\":10}}", PolicyLevel.JOB);

        PolicyLint.Findings findings = PolicyLint.check(merge(saved), saved);

        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings())
                .extracting(FieldError::detail)
                .anyMatch(detail -> detail.contains("keep.last (20, set by DEFAULT)"));
    }

    private static EffectivePolicy merge(String server, String job) {
        return EffectivePolicy.merge(Map.of(
                PolicyLevel.DEFAULT, PolicyDocument.shipped(),
                PolicyLevel.SERVER, read(server, PolicyLevel.SERVER),
                PolicyLevel.JOB, read(job, PolicyLevel.JOB)));
    }

    private static EffectivePolicy merge(PolicyDocument job) {
        return EffectivePolicy.merge(Map.of(PolicyLevel.DEFAULT, PolicyDocument.shipped(), PolicyLevel.JOB, job));
    }

    private static PolicyDocument read(String json, PolicyLevel level) {
        return PolicyReader.read(JSON.readTree(json), level);
    }
}
