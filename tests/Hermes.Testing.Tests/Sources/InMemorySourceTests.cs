using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Testing.Contracts.Sources;
using Hermes.Testing.Sources;

namespace Hermes.Testing.Tests.Sources;

public sealed class InMemorySourceTests
{
    private readonly InMemorySource _source = new();

    [Fact]
    public async Task A_table_changes_as_a_database_would()
    {
        var table = _source.Table("users", "id", "name").Add(1, "Ann").Add(2, "Bob").Add(3, "Cid");

        table.Set(2, "name", "Bert").Should().Be(1);
        table.Remove(3).Should().Be(1);
        table.Remove(9).Should().Be(0);

        (await _source.ReadAllAsync(Fetch("users"))).Select(row => (row["id"], row["name"])).Should().Equal((1, "Ann"), (2, "Bert"));
    }

    [Fact]
    public async Task A_read_of_fewer_rows_than_announced_fails_at_its_end()
    {
        _source.Table("users", "id").Add(1).Add(2).Announce(3);

        var read = () => _source.ReadAllAsync(Fetch("users"));

        (await read.Should().ThrowAsync<SourceException>()).WithMessage("*3*2*");
    }

    [Fact]
    public async Task A_read_fails_after_the_rows_it_was_told_to_and_recovers()
    {
        var table = _source.Table("users", "id").Add(1).Add(2).Add(3);
        table.Fail(after: 2, new InvalidOperationException("told"));
        var seen = new List<Value>();

        var read = async () =>
        {
            await foreach (var row in _source.FetchAsync(Fetch("users"), default))
                seen.Add(row.Values[0]);
        };

        await read.Should().ThrowAsync<InvalidOperationException>().WithMessage("told");
        seen.Should().Equal(1, 2);

        table.Recover();
        (await _source.ReadAllAsync(Fetch("users"))).Should().HaveCount(3);
    }

    [Fact]
    public async Task A_row_that_was_read_does_not_change_later()
    {
        var table = _source.Table("users", "id", "name").Add(1, "Ann");
        var before = (await _source.ReadAllAsync(Fetch("users"))).Single();

        table.Set(1, "name", "Bea");

        before["name"].Should().Be(Value.From("Ann"));
    }

    [Fact]
    public async Task Fetches_and_writes_are_recorded_and_failed_writes_are_not()
    {
        _source.Table("users", "id");
        await _source.ReadAllAsync(Fetch("users"));
        var write = Fetch("mark") with { Kind = SourceOperationKind.Modify, Variables = new Dictionary<string, Value> { ["id"] = 1 } };
        await _source.ExecuteAsync(write, default);

        _source.FailWrites(new SourceException("told", Abstractions.FaultKind.Transient));
        var failing = () => _source.ExecuteAsync(write, default);
        await failing.Should().ThrowAsync<SourceException>();

        _source.Fetches.Should().ContainSingle().Which.Query.Should().Be("users");
        _source.Writes.Should().ContainSingle().Which.Should().BeSameAs(write);
    }

    [Fact]
    public async Task An_unknown_table_is_an_error_that_names_those_there_are()
    {
        _source.Table("users", "id");

        var read = () => _source.ReadAllAsync(Fetch("user"));

        (await read.Should().ThrowAsync<SourceException>()).WithMessage("*'user'*users*");
    }

    [Fact]
    public void A_row_with_another_number_of_values_is_refused()
    {
        var add = () => _source.Table("users", "id", "name").Add(1);

        add.Should().Throw<ArgumentException>().WithMessage("*id, name*");
    }

    private static SourceOperation Fetch(string query) => new(SourceOperationKind.Fetch, query, new Dictionary<string, Value>(), []);
}
