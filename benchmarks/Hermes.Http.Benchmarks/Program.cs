using Hermes.Http.Benchmarks;

// What source and target cost over a bare HttpClient that does the same, against a server in this process. The best of several rounds, which alternate.
const int Rounds = 10;
await using (var reading = new Reading(await PeopleService.StartAsync()))
{
    var (bare, through) = (new List<Cost>(), new List<Cost>());
    for (var round = 0; round < Rounds; round++)
    {
        bare.Add(await Cost.OfAsync(reading.BareAsync, PeopleService.Count));
        through.Add(await Cost.OfAsync(reading.ThroughAsync, PeopleService.Count));
    }

    Console.WriteLine($"{PeopleService.Count} people, read by pages of 1,000");
    Cost.Tell("bare client", bare);
    Cost.Tell("HttpSource", through);
    Cost.TellRatio("throughput", bare, through);
}

await using (var creating = new Creating(await UserService.StartAsync()))
{
    var (posts, bare, through) = (new List<Cost>(), new List<Cost>(), new List<Cost>());
    for (var round = 0; round < Rounds; round++)
    {
        posts.Add(await Cost.OfAsync(() => creating.BareAsync(looks: false), UserService.Count));
        bare.Add(await Cost.OfAsync(() => creating.BareAsync(looks: true), UserService.Count));
        through.Add(await Cost.OfAsync(creating.ThroughAsync, UserService.Count));
    }

    Console.WriteLine($"{UserService.Count} users, made over 16 connections");
    Cost.Tell("bare, POST alone", posts);
    Cost.Tell("bare, looking first", bare);
    Cost.Tell("ScimTarget", through);
    Cost.TellRatio("throughput", bare, through);
    Cost.TellRatio("without looking", posts, through);
}
