namespace Hermes.EndToEnd.Tests.Years;

/// <summary>A key changes back and forth while the queue and the trashbin are not empty.</summary>
internal static class July
{
    public static async Task KeysAsync(Year year)
    {
        year.HandlersFail(change => change is { Type: "Staff" } && !change.Key.ToString().Contains("s1", StringComparison.Ordinal));
        year.Staff.Add("s3", "b3", "Gil");
        await year.PollAsync();
        year.Staff.Remove("s1");
        year.Staff.Set("s2", "name", "Francis");
        await year.PollAsync();
        await year.ThenAsync(
            "two of the staff wait in the queue, one lies in the trashbin",
            calls: """
                Added Staff[s3] {name: Gil}, failed
                Modified Staff[s2] {name: Frank} to {name: Francis}, failed
                Trashed Staff[s1] {name: Eve}
                """,
            views: """
                - SRVStaff[s1] {badge: b1, id: s1, name: Eve}
                + SRVStaff[s1] {badge: b1, id: s1, name: Eve}, trashed 03-14 01:00
                + SRVStaff[s2] applied {badge: b2, id: s2, name: Frank}
                + SRVStaff[s2] expected {badge: b2, id: s2, name: Francis}
                - SRVStaff[s2] {badge: b2, id: s2, name: Frank}
                + SRVStaff[s3] expected {badge: b3, id: s3, name: Gil}
                - Staff[s1] {name: Eve}
                + Staff[s1] {name: Eve}, trashed 03-14 01:00
                + Staff[s2] applied {name: Frank}
                + Staff[s2] expected {name: Francis}
                - Staff[s2] {name: Frank}
                + Staff[s3] expected {name: Gil}
                - client: 2 SRVStaff
                + client: 2 SRVStaff, 1 trashed
                - client: 2 Staff
                + client: 2 Staff, 1 trashed
                + queue 1: Added Staff[s3] {name: Gil}, 1 attempts
                + queue 2: Modified Staff[s2] {name: Francis}, 1 attempts
                + trashbin: SRVStaff[s1] {badge: b1, id: s1, name: Eve} since 03-14 01:00
                """);

        await year.ChangeServerAsync(server => server with { StaffKey = ["badge"] });
        await year.ThenAsync(
            "another single key: state, trashbin and queue are re-keyed, and nothing is called",
            calls: "",
            views: """
                + SRVStaff[b1] {badge: b1, id: s1, name: Eve}, trashed 03-14 01:00
                + SRVStaff[b2] applied {badge: b2, id: s2, name: Frank}
                + SRVStaff[b2] expected {badge: b2, id: s2, name: Francis}
                + SRVStaff[b3] expected {badge: b3, id: s3, name: Gil}
                - SRVStaff[s1] {badge: b1, id: s1, name: Eve}, trashed 03-14 01:00
                - SRVStaff[s2] applied {badge: b2, id: s2, name: Frank}
                - SRVStaff[s2] expected {badge: b2, id: s2, name: Francis}
                - SRVStaff[s3] expected {badge: b3, id: s3, name: Gil}
                + Staff[b1] {name: Eve}, trashed 03-14 01:00
                + Staff[b2] applied {name: Frank}
                + Staff[b2] expected {name: Francis}
                + Staff[b3] expected {name: Gil}
                - Staff[s1] {name: Eve}, trashed 03-14 01:00
                - Staff[s2] applied {name: Frank}
                - Staff[s2] expected {name: Francis}
                - Staff[s3] expected {name: Gil}
                + queue 1: Added Staff[b3] {name: Gil}, 1 attempts
                - queue 1: Added Staff[s3] {name: Gil}, 1 attempts
                + queue 2: Modified Staff[b2] {name: Francis}, 1 attempts
                - queue 2: Modified Staff[s2] {name: Francis}, 1 attempts
                + trashbin: SRVStaff[b1] {badge: b1, id: s1, name: Eve} since 03-14 01:00
                - trashbin: SRVStaff[s1] {badge: b1, id: s1, name: Eve} since 03-14 01:00
                """);

        await year.ChangeServerAsync(server => server with { StaffKey = ["id", "badge"] });
        await year.ThenAsync(
            "a tuple",
            calls: "",
            views: """
                + SRVStaff[(s1, b1)] {badge: b1, id: s1, name: Eve}, trashed 03-14 01:00
                + SRVStaff[(s2, b2)] applied {badge: b2, id: s2, name: Frank}
                + SRVStaff[(s2, b2)] expected {badge: b2, id: s2, name: Francis}
                + SRVStaff[(s3, b3)] expected {badge: b3, id: s3, name: Gil}
                - SRVStaff[b1] {badge: b1, id: s1, name: Eve}, trashed 03-14 01:00
                - SRVStaff[b2] applied {badge: b2, id: s2, name: Frank}
                - SRVStaff[b2] expected {badge: b2, id: s2, name: Francis}
                - SRVStaff[b3] expected {badge: b3, id: s3, name: Gil}
                + Staff[(s1, b1)] {name: Eve}, trashed 03-14 01:00
                + Staff[(s2, b2)] applied {name: Frank}
                + Staff[(s2, b2)] expected {name: Francis}
                + Staff[(s3, b3)] expected {name: Gil}
                - Staff[b1] {name: Eve}, trashed 03-14 01:00
                - Staff[b2] applied {name: Frank}
                - Staff[b2] expected {name: Francis}
                - Staff[b3] expected {name: Gil}
                + queue 1: Added Staff[(s3, b3)] {name: Gil}, 1 attempts
                - queue 1: Added Staff[b3] {name: Gil}, 1 attempts
                + queue 2: Modified Staff[(s2, b2)] {name: Francis}, 1 attempts
                - queue 2: Modified Staff[b2] {name: Francis}, 1 attempts
                + trashbin: SRVStaff[(s1, b1)] {badge: b1, id: s1, name: Eve} since 03-14 01:00
                - trashbin: SRVStaff[b1] {badge: b1, id: s1, name: Eve} since 03-14 01:00
                """);

        await year.ChangeServerAsync(server => server with { StaffKey = ["badge", "id"] });
        await year.ThenAsync(
            "the tuple reversed",
            calls: "",
            views: """
                + SRVStaff[(b1, s1)] {badge: b1, id: s1, name: Eve}, trashed 03-14 01:00
                + SRVStaff[(b2, s2)] applied {badge: b2, id: s2, name: Frank}
                + SRVStaff[(b2, s2)] expected {badge: b2, id: s2, name: Francis}
                + SRVStaff[(b3, s3)] expected {badge: b3, id: s3, name: Gil}
                - SRVStaff[(s1, b1)] {badge: b1, id: s1, name: Eve}, trashed 03-14 01:00
                - SRVStaff[(s2, b2)] applied {badge: b2, id: s2, name: Frank}
                - SRVStaff[(s2, b2)] expected {badge: b2, id: s2, name: Francis}
                - SRVStaff[(s3, b3)] expected {badge: b3, id: s3, name: Gil}
                + Staff[(b1, s1)] {name: Eve}, trashed 03-14 01:00
                + Staff[(b2, s2)] applied {name: Frank}
                + Staff[(b2, s2)] expected {name: Francis}
                + Staff[(b3, s3)] expected {name: Gil}
                - Staff[(s1, b1)] {name: Eve}, trashed 03-14 01:00
                - Staff[(s2, b2)] applied {name: Frank}
                - Staff[(s2, b2)] expected {name: Francis}
                - Staff[(s3, b3)] expected {name: Gil}
                + queue 1: Added Staff[(b3, s3)] {name: Gil}, 1 attempts
                - queue 1: Added Staff[(s3, b3)] {name: Gil}, 1 attempts
                + queue 2: Modified Staff[(b2, s2)] {name: Francis}, 1 attempts
                - queue 2: Modified Staff[(s2, b2)] {name: Francis}, 1 attempts
                + trashbin: SRVStaff[(b1, s1)] {badge: b1, id: s1, name: Eve} since 03-14 01:00
                - trashbin: SRVStaff[(s1, b1)] {badge: b1, id: s1, name: Eve} since 03-14 01:00
                """);

        year.Staff.Add("s1", "b1", "Evelyn");
        await year.PollAsync();
        await year.ThenAsync(
            "the trashed one comes back under its new key",
            calls: """
                Recycled Staff[(b1, s1)] {name: Eve}
                Modified Staff[(b1, s1)] {name: Eve} to {name: Evelyn}
                """,
            views: """
                + SRVStaff[(b1, s1)] {badge: b1, id: s1, name: Evelyn}
                - SRVStaff[(b1, s1)] {badge: b1, id: s1, name: Eve}, trashed 03-14 01:00
                + Staff[(b1, s1)] {name: Evelyn}
                - Staff[(b1, s1)] {name: Eve}, trashed 03-14 01:00
                - client: 2 SRVStaff, 1 trashed
                - client: 2 Staff, 1 trashed
                + client: 3 SRVStaff
                + client: 3 Staff
                - server: 2 SRVStaff
                + server: 3 SRVStaff
                - trashbin: SRVStaff[(b1, s1)] {badge: b1, id: s1, name: Eve} since 03-14 01:00
                """);

        await year.ChangeServerAsync(server => server with { StaffKey = ["id"] });
        year.HandlersWork();
        await year.RetryAsync();
        await year.ThenAsync(
            "the first key again, and the queue is retried",
            calls: """
                Added Staff[s3] {name: Gil}
                Modified Staff[s2] {name: Frank} to {name: Francis}
                """,
            views: """
                - SRVStaff[(b1, s1)] {badge: b1, id: s1, name: Evelyn}
                - SRVStaff[(b2, s2)] applied {badge: b2, id: s2, name: Frank}
                - SRVStaff[(b2, s2)] expected {badge: b2, id: s2, name: Francis}
                - SRVStaff[(b3, s3)] expected {badge: b3, id: s3, name: Gil}
                + SRVStaff[s1] {badge: b1, id: s1, name: Evelyn}
                + SRVStaff[s2] {badge: b2, id: s2, name: Francis}
                + SRVStaff[s3] {badge: b3, id: s3, name: Gil}
                - Staff[(b1, s1)] {name: Evelyn}
                - Staff[(b2, s2)] applied {name: Frank}
                - Staff[(b2, s2)] expected {name: Francis}
                - Staff[(b3, s3)] expected {name: Gil}
                + Staff[s1] {name: Evelyn}
                + Staff[s2] {name: Francis}
                + Staff[s3] {name: Gil}
                - queue 1: Added Staff[(b3, s3)] {name: Gil}, 1 attempts
                - queue 2: Modified Staff[(b2, s2)] {name: Francis}, 1 attempts
                """);
    }
}
