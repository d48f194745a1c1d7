using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.Diff.Templates;
using Hermes.Diff.Tests.Kit;
using Hermes.Templates;

namespace Hermes.Diff.Tests.Polling;

public class FetchTests
{
    [Fact]
    public void Fetch_sees_remote_names_cached_entries_and_earlier_types()
    {
        var options = Types.Model(
            Types.Type("Users", ["id"], Types.Source("hr", "id").With("login", "UID")),
            Types.Type("Groups", ["id"], Types.Source("hr", "id")));
        options.DataTypes[0].Sources[0].Fetch.Query = "SELECT {{ REMOTE_ATTRIBUTES | join(', ') }} FROM users";
        options.DataTypes[0].Sources[0].Fetch.Variables["known"] = "{{ CACHED_VALUES | map(attribute='login') | list }}";
        options.DataTypes[1].Sources[0].Fetch.Variables["users"] = "{{ Users_pkeys | list }}";
        options.DataTypes[1].Sources[0].Fetch.Variables["all"] = "{{ Users_pkeys }}";
        options.DataTypes[1].Sources[0].Fetch.Variables["logins"] = "{{ Users | map(attribute='login') | list }}";
        options.DataTypes[1].Sources[0].Fetch.Variables["text"] = "plain";
        var server = new Server(options, new JinjaTemplateEngine());
        server.Rows("Users/hr", Entry.Of(("id", 1), ("UID", "ann")), Entry.Of(("id", 2), ("UID", "bob"))).Poll();

        server.Operations[0].Should().BeEquivalentTo(new { Kind = SourceOperationKind.Fetch, Query = "SELECT UID, id FROM users", Attributes = new[] { "UID", "id" } });
        server.Operations[1].Variables.Should().BeEquivalentTo(new Dictionary<string, Value>
        {
            ["users"] = List(1, 2),
            ["all"] = List(1, 2),
            ["logins"] = List("ann", "bob"),
            ["text"] = "plain",
        });

        server.Poll();
        server.Operations[2].Variables["known"].Should().Be(List("ann", "bob"));
    }

    [Fact]
    public void Later_type_is_empty_in_a_fetch()
    {
        var options = Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id")), Types.Type("Groups", ["id"], Types.Source("hr", "id")));
        options.DataTypes[0].Sources[0].Fetch.Variables["groups"] = "{{ Groups_pkeys | list }}";
        var server = new Server(options, new JinjaTemplateEngine()).Rows("Groups/hr", Entry.Of(("id", 1)));
        server.Poll();

        server.Operations[0].Variables["groups"].Should().Be(Value.From(ValueList.Empty));
        server.Model.Warnings.Should().ContainSingle().Which.Problem.Should().Contain("not fetched before it");
    }

    [Fact]
    public void Fetch_that_fails_names_type_source_and_template()
    {
        var options = Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id")));
        options.DataTypes[0].Sources[0].Fetch.Query = "{{ REMOTE_ATTRIBUTES[7] ~ 'x' }}";
        var server = new Server(options, new JinjaTemplateEngine());

        server.Invoking(it => it.Poll()).Should().Throw<EvaluationException>()
            .Which.Place.Should().Be(new EvaluationPlace("Users", "hr", Template: "{{ REMOTE_ATTRIBUTES[7] ~ 'x' }}"));
    }

    [Fact]
    public void Commit_operation_is_evaluated_over_entries()
    {
        var options = Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id")));
        var commit = new Diff.Model.Options.OperationOptions { Kind = SourceOperationKind.Modify, Query = "UPDATE users SET done = 1 WHERE id = :id" };
        commit.Variables["id"] = "{{ ITEM_FETCHED_VALUES.id }}";
        options.DataTypes[0].Sources[0].CommitOne = commit;
        var source = ServerModel.Build(options, new JinjaTemplateEngine(), "").Types[0].Sources[0];

        var operation = source.CommitOne!.Evaluate(source, _ => Value.From(new EntryObject("the entry", Entry.Of(("id", 7)))));
        (operation.Kind, operation.Variables["id"]).Should().Be((SourceOperationKind.Modify, 7));
        source.CommitOne.Uses.Should().Equal(TemplateVariables.ItemFetchedValues);
    }

    [Fact]
    public void Poll_can_be_ended_while_it_works_and_leaves_nothing_behind()
    {
        var server = new Server(Types.Model(Types.Type("Users", ["id"], Types.Source("a", "id"), Types.Source("b", "id"))));
        server.Rows("Users/a", Entry.Of(("id", 1))).Poll();
        var run = new PollRunner(new Poll(server.Model, server.State), server.State);
        foreach (var source in server.Model.Types[0].Sources)
            run.Add(new RowBatch(source, default, IsLast: true));

        run.Invoking(it => it.Finish(_ => false, new CancellationToken(canceled: true))).Should().Throw<OperationCanceledException>();
        server.Poll().Should().BeEmpty();
    }

    private static Value List(params Value[] items) => ValueList.Create(items);
}
