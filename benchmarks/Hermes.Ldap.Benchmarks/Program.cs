using System.Diagnostics;
using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Ldap.Benchmarks;
using Hermes.Ldap.Source;
using Hermes.TestSupport.Servers;

// How fast the source reads, beside a bare paged search of the same entries on the same server, as a ratio of one run (eng/servers/install slapd first):
//   dotnet run -c Release --project benchmarks/Hermes.Ldap.Benchmarks
const int PageSize = 1000;
const int Rounds = 7;
var count = args is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 20_000;

await using var server = await SlapdServer.StartAsync(CancellationToken.None);
using var people = new People(server);
people.Add(count);
using var source = new LdapSource(new LdapSourceOptions
{
    Url = server.Url,
    BindDn = SlapdServer.AdminDn,
    Password = SlapdServer.AdminPassword,
    Base = SlapdServer.Suffix,
    PageSize = PageSize,
});
var fetch = new SourceOperation(SourceOperationKind.Fetch, "(objectClass=inetOrgPerson)", new Dictionary<string, Value>(), People.Attributes);

var (bare, hermes) = (new List<double>(), new List<double>());
for (var round = 0; round <= Rounds; round++)
{
    var watch = Stopwatch.StartNew();
    people.SearchBare(PageSize);
    var first = watch.Elapsed.TotalMilliseconds;
    watch.Restart();
    var rows = 0;
    await foreach (var _ in source.FetchAsync(fetch, CancellationToken.None))
        rows++;
    if (rows != count)
        throw new InvalidOperationException($"The source returned {rows} of {count} entries.");

    // The first round warms up.
    if (round > 0)
    {
        bare.Add(first);
        hermes.Add(watch.Elapsed.TotalMilliseconds);
    }
}

var (bareMedian, hermesMedian) = (bare.Order().ElementAt(Rounds / 2), hermes.Order().ElementAt(Rounds / 2));
Console.WriteLine($"{count} entries of {People.Attributes.Length} attributes, pages of {PageSize}, median of {Rounds} rounds");
Console.WriteLine($"bare paged search  {bareMedian,8:0} ms");
Console.WriteLine($"Hermes LDAP source {hermesMedian,8:0} ms");
Console.WriteLine($"speed of the source beside the bare search: {bareMedian / hermesMedian:0.00} (wanted: at least 0.50)");
return bareMedian / hermesMedian >= 0.5 ? 0 : 1;
