using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Model;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Tests.Kit;
using Hermes.Templates;

namespace Hermes.Diff.Tests.Model.Building;

public class ValidationTests
{
    [Fact]
    public void Model_without_errors_has_no_warnings()
    {
        Build(Types.Model(Valid())).Warnings.Should().BeEmpty();
    }

    [Fact]
    public void All_errors_are_reported_at_once_in_the_order_of_the_configuration()
    {
        var broken = Types.Type("Users", ["nope"], Types.Source("unknown", "id").Secret("pw").With("bad", "{{ a b }}"));
        var options = Types.Model(Types.Type("", []), broken);
        var errors = new List<ConfigurationError>();

        ServerModel.TryBuild(options, new JinjaTemplateEngine(), "Hermes:Servers:campus", new HashSet<string> { "hr" }, errors, out var model).Should().BeFalse();

        model.Should().BeNull();
        errors.Select(error => error.Path["Hermes:Servers:campus:DataTypes:".Length..]).Should().Equal(
            "0:Name", "0:Key", "0:Sources", "1:Sources:0:Source", "1:Sources:0:SecretAttributes", "1:Sources:0:Mapping", "1:Sources:0:Mapping:bad");
        errors.Should().OnlyContain(error => error.Problem.EndsWith('.') || error.Problem.EndsWith('^')).And.OnlyContain(error => error.Fix.EndsWith('.'));
        errors[^1].Problem.Should().Contain("line 1, column 6");
    }

    public static TheoryData<string, string, DataTypeOptions[]> Errors => new()
    {
        { "DataTypes", "no data types", [] },
        { "DataTypes:0:Name", "has no name", [Named("")] },
        { "DataTypes:0:Name", "cannot name", [Named("two words")] },
        { "DataTypes:0:Name", "means something else", [Named("Users_pkeys")] },
        { "DataTypes:0:Name", "means something else", [Named("CACHED_VALUES")] },
        { "DataTypes:1:Name", "Another data type", [Named("Users"), Named("Users")] },
        { "DataTypes:0:Key", "no key", [Types.Type("Users", [], Types.Source("hr", "id"))] },
        { "DataTypes:0:Key", "same attribute twice", [Types.Type("Users", ["id", "id"], Types.Source("hr", "id"))] },
        { "DataTypes:0:Sources:1:Mapping", "does not map 'id'", [Types.Type("Users", ["id"], Types.Source("hr", "id"), Types.Source("b", "x"))] },
        { "DataTypes:0:Sources", "no sources", [Types.Type("Users", ["id"])] },
        { "DataTypes:0:Sources:0:Source", "does not say", [Types.Type("Users", ["id"], Types.Source("", "id"))] },
        { "DataTypes:0:Sources:0:Source", "no data source 'other'", [Types.Type("Users", ["id"], Types.Source("other", "id"))] },
        { "DataTypes:0:Sources:1:Name", "Another source", [Types.Type("Users", ["id"], Types.Source("hr", "id"), Types.Source("hr", "id"))] },
        { "DataTypes:0:Sources:0:Mapping:x", "mapped to nothing", [With(source => source.With("x", " "))] },
        { "DataTypes:0:Sources:0:Mapping:x", "mapped to nothing", [With(source => source.With("x", Array.Empty<string>()))] },
        { "DataTypes:0:Sources:0:Mapping:x", "not one whole expression", [With(source => source.With("x", "Dr {{ name }}"))] },
        { "DataTypes:0:Sources:0:Mapping:x", "cannot be read", [With(source => source.With("x", "{{ name | nofilter }}"))] },
        { "DataTypes:0:Sources:0:Mapping:x", "which mappings do not have", [With(source => source.With("x", "{{ _SELF.id }}"))] },
        { "DataTypes:0:Sources:0:Mapping:id", "found by the key", [With(source => source.With("id", "{{ ITEM_CACHED_VALUES.id }}"))] },
        { "DataTypes:0:Sources:0:SecretAttributes", "'x' is not mapped", [With(source => source.Secret("x"))] },
        { "DataTypes:0:Sources:0:CacheOnlyAttributes", "'x' is not mapped", [With(source => source.CacheOnly("x"))] },
        { "DataTypes:0:Sources:0:LocalAttributes", "'x' is not mapped", [With(source => source.Local("x"))] },
        { "DataTypes:0:Sources:0:CacheOnlyAttributes", "secret as well", [With(source => source.Secret("name").CacheOnly("name"))] },
        { "DataTypes:0:Sources:0:CacheOnlyAttributes", "local as well", [With(source => source.Local("name").CacheOnly("name"))] },
        { "DataTypes:0:Key", "declared secret", [With(source => source.Secret("id"))] },
        { "DataTypes:0:Key", "cache-only", [With(source => source.CacheOnly("id"))] },
        { "DataTypes:0:Key", "local", [With(source => source.Local("id"))] },
        { "DataTypes:0:Sources:0", "both CommitOne and CommitAll", [With(source => (source.CommitOne, source.CommitAll) = (Commit("x"), Commit("x")))] },
        { "DataTypes:0:Sources:0:CommitOne:Kind", "does not say what it does", [With(source => source.CommitOne = new OperationOptions())] },
        { "DataTypes:0:Sources:0:CommitOne", "'CACHED_VALUES', which is unknown here", [With(source => source.CommitOne = Commit("{{ CACHED_VALUES }}"))] },
        { "DataTypes:0:Sources:0:CommitAll", "'ITEM_CACHED_VALUES'", [With(source => source.CommitAll = Commit("{{ ITEM_CACHED_VALUES.id }}"))] },
        { "DataTypes:0:Sources:0:Fetch:Kind", "cannot be of kind Delete", [With(source => source.Fetch.Kind = SourceOperationKind.Delete)] },
        { "DataTypes:0:Sources:0:Fetch", "'Nope', which is unknown here", [With(source => source.Fetch.Query = "{{ Nope }}")] },
        { "DataTypes:0:Sources:0:Fetch:Variables:v", "cannot be read", [With(source => source.Fetch.Variables["v"] = "{{ a b }}")] },
        { "DataTypes:0:Sources:0:MergeConstraints:0", "'Users_pkeys', which is unknown here", [With(source => source.Keeping("{{ 1 in Users_pkeys }}"))] },
        { "DataTypes:0:Sources:0:MergeConstraints:0", "no attribute of the type", [With(source => source.Keeping("{{ _SELF.nope }}"))] },
        { "DataTypes:0:IntegrityConstraints:0", "not one whole expression", [Valid().Requiring("_SELF.id")] },
        { "DataTypes:0:IntegrityConstraints:0", "'Other_pkeys', which is unknown here", [Valid().Requiring("{{ _SELF.id in Other_pkeys }}")] },
        { "DataTypes:0:IntegrityConstraints:1", "no attribute of the type", [Valid().Requiring("{{ true }}", "{{ _SELF['nope'] }}")] },
        { "DataTypes:0:ToString", "no attribute", [Shown("{{ nope }}")] },
        { "DataTypes:0:ToString", "secret attribute 'pw'", [Shown("{{ id }} {{ pw }}")] },
        { "DataTypes:0:ToString", "secret attribute 'pw'", [Shown("{{ _SELF.pw }}")] },
        { "DataTypes:0:ForeignKeys:id", "no data type 'Nope'", [Valid().PointingTo("id", "Nope", "id")] },
        { "DataTypes:1:ForeignKeys:name", "not part of the key", [Named("Parents"), Valid().PointingTo("name", "Parents", "id")] },
        { "DataTypes:1:ForeignKeys:id", "not the whole key", [Named("Parents"), Valid().PointingTo("id", "Parents", "name")] },
        { "DataTypes:1:ForeignKeys:id", "not the whole key", [Types.Type("Pairs", ["id", "name"], Types.Source("hr", "id", "name")), Valid().PointingTo("id", "Pairs", "id")] },
        { "DataTypes:0:ForeignKeys", "circle: Users -> Users", [Valid().PointingTo("id", "Users", "id")] },
        { "DataTypes:0:ForeignKeys", "circle: A -> B -> C -> A", [Circle("A", "B"), Circle("B", "C"), Circle("C", "A")] },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Error_names_its_path_and_what_is_wrong(string path, string problem, DataTypeOptions[] types)
    {
        var exception = FluentActions.Invoking(() => Build(Types.Model(types))).Should().Throw<HermesConfigurationException>().Which;

        exception.Errors.Should().ContainSingle().Which.Should().Match<ConfigurationError>(error =>
            error.Path == path && error.Problem.Contains(problem, StringComparison.Ordinal) && error.Fix.Length > 0);
    }

    [Fact]
    public void Fetch_that_reads_a_later_type_and_key_constraint_of_the_first_source_are_warnings()
    {
        var users = With(source =>
        {
            source.Fetch.Query = "{{ Groups_pkeys }}";
            source.KeyMergeConstraint = KeyMergeConstraint.MustNotExist;
        });
        var model = Build(Types.Model(users, Named("Groups").PointingTo("id", "Last", "id"), Named("Last")));

        model.Warnings.Select(warning => warning.Path).Should().Equal(
            "DataTypes:0:Sources:0:KeyMergeConstraint", "DataTypes:0:Sources:0:Fetch", "DataTypes:1:ForeignKeys:id");
    }

    [Fact]
    public void Options_are_copied()
    {
        var options = Types.Model(Valid());
        var model = Build(options);
        options.DataTypes[0].Key.Add("name");
        options.DataTypes[0].Sources[0].Mapping.Clear();

        model.Types[0].Key.Should().Equal("id");
        model.Types[0].Sources[0].RemoteAttributes.Should().Equal("id", "name", "pw");
    }

    private static ServerModel Build(ServerModelOptions options) =>
        ServerModel.Build(options, new JinjaTemplateEngine(), "", new HashSet<string> { "hr", "b" });

    private static DataTypeOptions Valid() => Types.Type("Users", ["id"], Types.Source("hr", "id", "name", "pw"));

    private static DataTypeOptions Named(string name) => Types.Type(name, ["id"], Types.Source("hr", "id"));

    private static DataTypeOptions Circle(string name, string parent) => Named(name).PointingTo("id", parent, "id");

    private static OperationOptions Commit(string query) => new() { Kind = SourceOperationKind.Modify, Query = query };

    private static DataTypeOptions Shown(string template)
    {
        var type = With(source => source.Secret("pw"));
        type.ToStringTemplate = template;
        return type;
    }

    private static DataTypeOptions With(Action<TypeSourceOptions> change)
    {
        var type = Valid();
        change(type.Sources[0]);
        return type;
    }
}
