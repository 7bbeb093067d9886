package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;

/**
 * {@code disk.storage.*}, {@code disk.folder.*}, {@code disk.file.*}, as far as one needs them to
 * put files there; by the vendor's pages of these methods, which give 400 for every mistake.
 */
final class DiskMethods {
    private DiskMethods() {}

    static void add(MethodTable table) {
        table.add("disk.storage.getList", DiskMethods::storages);
        table.add("disk.storage.get", call -> RestResult.of(storage(call).deepCopy()));
        table.add("disk.storage.getForApp", DiskMethods::forApp);
        table.add("disk.storage.getChildren", call -> children(call, root(call)));
        table.add("disk.storage.addFolder", call -> addFolder(call, root(call)));
        table.add("disk.storage.uploadFile", DiskMethods::uploadToStorage);
        table.add("disk.folder.getChildren", call -> children(call, folder(call)));
        table.add("disk.folder.addSubFolder", call -> addFolder(call, folder(call)));
        table.add("disk.folder.uploadFile", call -> DiskFiles.upload(call, folder(call)));
        table.add("disk.file.get", call -> RestResult.of(DiskFiles.listed(call, file(call))));
        table.add("disk.file.delete", DiskMethods::delete);
    }

    private static RestResult storages(RestCall call) throws RestFault {
        Disk disk = call.portal().disk();
        List<ObjectNode> open =
                disk.storages().all().stream()
                        .filter(row -> disk.open(row, call.caller()))
                        .toList();
        return Page.of(
                open,
                call.object("filter"),
                Page.order(call.object("order")),
                call.number("start", 0),
                ObjectNode::deepCopy);
    }

    private static RestResult forApp(RestCall call) throws RestFault {
        if (call.caller().webhook()) {
            throw denied("Access denied! Application context required");
        }
        Disk disk = call.portal().disk();
        ObjectNode own =
                disk.storages().all().stream()
                        .filter(row -> Json.text(row, "ENTITY_TYPE").equals("restapp"))
                        .findFirst()
                        .orElseGet(
                                () ->
                                        disk.storage(
                                                call.portal().tokens().clientId(),
                                                "restapp",
                                                "1",
                                                call.portal().clock().nowText()));
        return RestResult.of(own.deepCopy());
    }

    /** Only the folder's method gives an upload URL; the storage's wants the content. */
    private static RestResult uploadToStorage(RestCall call) throws RestFault {
        ObjectNode root = root(call);
        if (call.param("fileContent").isEmpty()) {
            throw invalid(0);
        }
        return DiskFiles.upload(call, root);
    }

    private static RestResult children(RestCall call, ObjectNode folder) throws RestFault {
        return Page.of(
                call.portal().disk().children(Json.text(folder, "ID")),
                call.object("filter"),
                Page.order(call.object("order")),
                call.number("start", 0),
                row -> DiskFiles.listed(call, row));
    }

    private static RestResult addFolder(RestCall call, ObjectNode parent) throws RestFault {
        String name = Json.text(call.object("data"), "NAME");
        if (name.isEmpty()) {
            throw invalid(1);
        }
        Disk disk = call.portal().disk();
        if (disk.taken(Json.text(parent, "ID"), name)) {
            throw new RestFault(400, "DISK_OBJ_22000", "Папка с таким именем уже есть");
        }
        ObjectNode row =
                disk.object(
                        Disk.FOLDER,
                        name,
                        Json.text(parent, "STORAGE_ID"),
                        Json.text(parent, "ID"),
                        call.caller().user(),
                        call.portal().clock().nowText());
        return RestResult.of(DiskFiles.made(call, row));
    }

    private static RestResult delete(RestCall call) throws RestFault {
        String id = Json.text(file(call), "ID");
        call.portal().recordFiles().remove(DiskFiles.key(id));
        return RestResult.of(call.portal().disk().objects().remove(id));
    }

    private static ObjectNode storage(RestCall call) throws RestFault {
        ObjectNode row = found(call, call.portal().disk().storages().get(id(call)));
        if (!call.portal().disk().open(row, call.caller())) {
            throw denied("Access denied");
        }
        return row;
    }

    private static ObjectNode root(RestCall call) throws RestFault {
        String id = Json.text(storage(call), "ROOT_OBJECT_ID");
        return found(call, call.portal().disk().objects().get(id));
    }

    private static ObjectNode folder(RestCall call) throws RestFault {
        return object(call, Disk.FOLDER);
    }

    private static ObjectNode file(RestCall call) throws RestFault {
        return object(call, Disk.FILE);
    }

    private static ObjectNode object(RestCall call, String type) throws RestFault {
        Disk disk = call.portal().disk();
        Optional<ObjectNode> named =
                disk.objects().get(id(call)).filter(row -> Json.text(row, "TYPE").equals(type));
        ObjectNode row = found(call, named);
        ObjectNode storage = found(call, disk.storages().get(Json.text(row, "STORAGE_ID")));
        if (!disk.open(storage, call.caller())) {
            throw denied("Access denied");
        }
        return row;
    }

    private static String id(RestCall call) throws RestFault {
        if (call.text("id").isEmpty()) {
            throw invalid(0);
        }
        return call.text("id");
    }

    private static ObjectNode found(RestCall call, Optional<ObjectNode> row) throws RestFault {
        return row.orElseThrow(
                () ->
                        new RestFault(
                                400,
                                "ERROR_NOT_FOUND",
                                "Could not find entity with id `" + call.text("id") + "`"));
    }

    private static RestFault invalid(int parameter) {
        return new RestFault(
                400, "ERROR_ARGUMENT", "Invalid value of parameter {Parameter #" + parameter + "}");
    }

    private static RestFault denied(String message) {
        return new RestFault(400, "ACCESS_DENIED", message);
    }
}
