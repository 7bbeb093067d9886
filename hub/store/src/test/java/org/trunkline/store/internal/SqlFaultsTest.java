package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.model.Fault;

class SqlFaultsTest {

    /** SQLSTATEs of PostgreSQL's appendix A and of H2's ErrorCode. */
    @ParameterizedTest
    @CsvSource({
        "08006, Retryable", "08001, Retryable", "40001, Retryable", "40P01, Retryable",
        "53100, Retryable", "53300, Retryable", "55P03, Retryable", "57P01, Retryable",
        "58030, Retryable", "25006, Retryable", "HYT00, Retryable", "90098, Retryable",
        "HY000, Retryable", "22001, Data", "22003, Data", "23505, IllegalStateException",
        "42601, IllegalStateException", "42S02, IllegalStateException"
    })
    void whatHelpsFollowsFromTheState(String state, String kind) {
        assertThat(SqlFaults.of(new SQLException("disk full", state)))
                .hasMessageContaining("disk full")
                .extracting(fault -> fault.getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void aPoolThatGivesNoConnectionIsWaitedFor() {
        assertThat(
                        SqlFaults.of(
                                new SQLTransientConnectionException(
                                        "Connection is not available, request timed out")))
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("request timed out");
    }

    @Test
    void theValuesOfABatchAreNotTold() {
        BatchUpdateException batch =
                new BatchUpdateException(
                        "Batch entry 0 insert into journal values ('+79161234567') was aborted",
                        "53100",
                        new int[0]);
        batch.setNextException(
                new SQLException("could not extend file\n  Detail: +79161234567", "53100"));

        assertThat(SqlFaults.of(batch))
                .hasMessageContaining("could not extend file")
                .hasMessageNotContaining("+79161234567")
                .hasCause(batch.getNextException());
    }
}
