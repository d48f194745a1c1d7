namespace Hermes.EndToEnd.Tests.Years;

/// <summary>Types are added and dropped on either side.</summary>
internal static class May
{
    public static async Task TypesAsync(Year year)
    {
        year.Rooms.Add("r1", "1").Add("r2", "2");
        await year.ChangeServerAsync(server => server with { HasRooms = true });
        await year.ThenAsync(
            "the server has a new type: the client keeps its entries, and delivers none",
            calls: "",
            views: """
                + SRVRooms[r1] {floor: 1, id: r1}
                + SRVRooms[r2] {floor: 2, id: r2}
                + client: 2 SRVRooms
                + server: 2 SRVRooms
                """);

        year.Rooms.Remove("r2");
        await year.PollAsync();
        await year.ChangeClientAsync(client => client.With("Rooms", "SRVRooms", ("floor", "floor")));
        await year.ThenAsync(
            "the client maps the type: added from the state, what lies in the trashbin added and then trashed",
            calls: """
                Added Rooms[r1] {floor: 1}
                Added Rooms[r2] {floor: 2}
                Trashed Rooms[r2] {floor: 2}
                """,
            views: """
                + Rooms[r1] {floor: 1}
                + Rooms[r2] {floor: 2}, trashed 02-11 01:00
                - SRVRooms[r2] {floor: 2, id: r2}
                + SRVRooms[r2] {floor: 2, id: r2}, trashed 02-11 01:00
                + client: 1 Rooms, 1 trashed
                + client: 1 SRVRooms, 1 trashed
                - client: 2 SRVRooms
                + server: 1 SRVRooms
                - server: 2 SRVRooms
                + trashbin: SRVRooms[r2] {floor: 2, id: r2} since 02-11 01:00
                """);

        await year.ChangeClientAsync(client => client.Without("Rooms"));
        await year.ThenAsync(
            "the client drops the type: all its entries are removed, trashed ones too",
            calls: """
                Removed Rooms[r1] {floor: 1}
                Removed Rooms[r2] {floor: 2}
                """,
            views: """
                - Rooms[r1] {floor: 1}
                - Rooms[r2] {floor: 2}, trashed 02-11 01:00
                - client: 1 Rooms, 1 trashed
                """);

        await year.ChangeClientAsync(client => client.With("Rooms", "SRVRooms", ("floor", "floor")));
        await year.ChangeServerAsync(server => server with { HasRooms = false });
        await year.ThenAsync(
            "the client maps it again and the server drops it: live entries go to the trashbin",
            calls: """
                Added Rooms[r1] {floor: 1}
                Added Rooms[r2] {floor: 2}
                Trashed Rooms[r2] {floor: 2}
                Trashed Rooms[r1] {floor: 1}
                """,
            views: """
                + Rooms[r1] {floor: 1}, trashed 02-11 01:00
                + Rooms[r2] {floor: 2}, trashed 02-11 01:00
                - SRVRooms[r1] {floor: 1, id: r1}
                + SRVRooms[r1] {floor: 1, id: r1}, trashed 02-11 01:00
                + client: 0 Rooms, 2 trashed
                + client: 0 SRVRooms, 2 trashed
                - client: 1 SRVRooms, 1 trashed
                - server: 1 SRVRooms
                + trashbin: SRVRooms[r1] {floor: 1, id: r1} since 02-11 01:00
                """);
        year.Warnings.Should().ContainSingle().Which.Should().Contain("SRVRooms");

        await year.ChangeServerAsync(server => server with { HasRooms = true });
        await year.ThenAsync(
            "the type comes back while its entries are in the trashbin: recycled",
            calls: """
                Recycled Rooms[r1] {floor: 1}
                """,
            views: """
                + Rooms[r1] {floor: 1}
                - Rooms[r1] {floor: 1}, trashed 02-11 01:00
                + SRVRooms[r1] {floor: 1, id: r1}
                - SRVRooms[r1] {floor: 1, id: r1}, trashed 02-11 01:00
                - client: 0 Rooms, 2 trashed
                - client: 0 SRVRooms, 2 trashed
                + client: 1 Rooms, 1 trashed
                + client: 1 SRVRooms, 1 trashed
                + server: 1 SRVRooms
                - trashbin: SRVRooms[r1] {floor: 1, id: r1} since 02-11 01:00
                """);

        await year.ChangeServerAsync(server => server with { HasRooms = false });
        await year.LaterAsync(TimeSpan.FromDays(31));
        await year.ThenAsync(
            "the type goes for good: its entries are purged when their time is over",
            calls: """
                Trashed Rooms[r1] {floor: 1}
                Removed Rooms[r1] {floor: 1}
                Removed Rooms[r2] {floor: 2}
                """,
            views: """
                - Rooms[r1] {floor: 1}
                - Rooms[r2] {floor: 2}, trashed 02-11 01:00
                - SRVRooms[r1] {floor: 1, id: r1}
                - SRVRooms[r2] {floor: 2, id: r2}, trashed 02-11 01:00
                - client: 1 Rooms, 1 trashed
                - client: 1 SRVRooms, 1 trashed
                - server: 1 SRVRooms
                - trashbin: SRVRooms[r2] {floor: 2, id: r2} since 02-11 01:00
                """);
        await year.ChangeClientAsync(client => client.Without("Rooms"));
        await year.ThenNothingAsync("the client drops the type that is gone");
    }
}
