using System.Globalization;
using Hermes.Abstractions.Sources;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Hermes.Testing.Contracts.Sources;
using Xunit.Abstractions;

namespace Hermes.Http.Tests.Source;

/// <summary>
/// Random services with random faults. <c>HERMES_READS</c> says how many (500 if unset), <c>HERMES_SEED</c> from which seed on (the same ones if unset, others
/// if 0); a failure names the seed that replays it alone.
/// </summary>
public sealed class RandomPagingTests(ITestOutputHelper output)
{
    private static readonly HttpPaging[] Pagings =
        [HttpPaging.Page, HttpPaging.Offset, HttpPaging.Cursor, HttpPaging.Link, HttpPaging.NextLink, HttpPaging.LastKey];

    [Fact]
    public async Task A_read_is_taken_for_complete_only_if_it_is()
    {
        var count = Setting("HERMES_READS") ?? 500;
        var first = Setting("HERMES_SEED") switch { null => 1, 0 => Random.Shared.Next(1_000_000_000), { } seed => seed };
        output.WriteLine($"{count} reads from HERMES_SEED={first}");
        FaultyService? current = null;
        await using var service = await TestService.StartAsync((context, _) => current!.AnswerAsync(context));
        var (used, refused) = (0, 0);
        for (var seed = first; seed < first + count; seed++)
        {
            var random = new Random(seed);
            var paging = Pagings[random.Next(Pagings.Length)];
            var proof = Proof(random, paging);
            current = new FaultyService(random, paging, proof);
            var because = $"HERMES_SEED={seed} HERMES_READS=1 replays it ({paging}, {proof})";
            try
            {
                var ids = await service.ReadIdsAsync(options => Choose(options, paging, proof, random));
                current.Always.Should().BeSubsetOf(ids, because);
                ids.Should().OnlyHaveUniqueItems(because).And.BeSubsetOf(current.Ever, because);
                used++;
            }
            catch (SourceException failure)
            {
                current.IsFaultless.Should().BeFalse($"{because}: {failure.Everything()}");
                refused++;
            }
        }

        output.WriteLine($"{used} used, {refused} refused");
        if (count >= 100)
            (used > count / 10 && refused > count / 10).Should().BeTrue("both happen often, or nothing is tested");
    }

    private static ReadProof Proof(Random random, HttpPaging paging)
    {
        var proof = (ReadProof)random.Next(1, 5);
        return proof == ReadProof.EndMark && paging == HttpPaging.Page ? ReadProof.Total : proof;
    }

    private static void Choose(HttpSourceOptions options, HttpPaging paging, ReadProof proof, Random random)
    {
        (options.Paging, options.Proof, options.Items, options.ErrorPointer) = (paging, proof, "/items", "/error");
        options.PagingParameter = paging is HttpPaging.Link or HttpPaging.NextLink ? null : "at";
        options.NextPointer = paging is HttpPaging.Cursor or HttpPaging.NextLink ? "/next" : null;
        (options.TotalHeader, options.TotalPointer) = (null, proof == ReadProof.Total ? "/total" : null);
        (options.EndPointer, options.EndValue) = proof == ReadProof.EndMark ? ("/end", "true") : (null, (string?)null);
        options.SnapshotPointer = proof == ReadProof.Snapshot ? "/state" : null;
        (options.Retries, options.Rereads) = (random.Next(3), random.Next(3));
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
