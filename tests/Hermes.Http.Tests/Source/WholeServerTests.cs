using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Hermes.Testing.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Http.Tests.Source;

public sealed class WholeServerTests
{
    [Fact]
    public async Task A_server_sees_what_is_added_modified_and_removed_and_a_half_read_removes_nothing()
    {
        var people = new SortedDictionary<int, string>(Enumerable.Range(1, 30).ToDictionary(id => id, id => $"Person {id}"));
        var isHalf = false;
        await using var service = await TestService.StartAsync((context, _) =>
        {
            var at = (int)context.Request.Number("offset", 0);
            var items = people.Skip(at).Take(10).Select(person => $$$"""{"id":{{{person.Key}}},"name":{"full":"{{{person.Value}}}"}}""");
            return context.JsonAsync($$"""{"total":{{people.Count}},"items":[{{(isHalf && at > 15 ? "" : string.Join(',', items))}}]}""");
        });
        await using var harness = new ServerHarness();
        await harness.StartAsync(server => server
            .AddHttpSource("hr", options =>
            {
                (options.Address, options.Items, options.Proof, options.TotalPointer) = (service.Address, "/items", ReadProof.Total, "/total");
                (options.Paging, options.PagingParameter, options.Rereads) = (HttpPaging.Offset, "offset", 0);
                options.Attributes["name"] = "/name/full";
                options.Key.Add("id");
            })
            .DataType("People", type => type.Key("id").From("hr", source => source.Fetch("people").Map("id", "id").Map("name", "name"))));
        harness.TakeEvents();

        people[31] = "Person 31";
        people[2] = "Somebody else";
        people.Remove(3);
        await harness.UpdateAsync();
        harness.TakeEvents().Select(told => told.GetType().Name).Should().Equal(nameof(AddedEvent), nameof(ModifiedEvent), nameof(RemovedEvent));

        isHalf = true;
        (await harness.UpdateAsync()).Error.Should().Contain("not used");
        harness.TakeEvents().Should().BeEmpty();

        isHalf = false;
        people.Remove(4);
        await harness.UpdateAsync();
        harness.TakeEvents().Should().ContainSingle().Which.Should().BeOfType<RemovedEvent>().Which.Key.Should().Be(EntryKey.Of(Value.From(4)));
    }
}
