package org.trunkline.crm.amocrm.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import org.trunkline.crm.connector.directory.Read;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.CrmUser;
import org.trunkline.model.Fault;

/** The users of an account (rule T4), for who needs them all or the reason why not. */
public final class UserList {

    private UserList() {}

    /**
     * @param ask one request
     * @throws Fault if a page of them was not given
     */
    public static List<CrmUser> all(Function<Question, Told> ask) {
        Read<List<JsonNode>> rows =
                Lists.all(
                        "users",
                        question -> {
                            Told told = ask.apply(question);
                            told.value();
                            return told;
                        });
        if (rows instanceof Read.Failed<List<JsonNode>> failed) {
            throw new Fault.Data(failed.why(), failed.cure());
        }
        return rows.or(List.of()).stream().map(DirectoryRows::user).toList();
    }
}
