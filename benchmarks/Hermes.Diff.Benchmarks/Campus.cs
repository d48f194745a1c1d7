using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Model;
using Hermes.Diff.Model.Options;
using Hermes.Templates;

namespace Hermes.Diff.Benchmarks;

/// <summary>Users of eleven attributes, one of them made by a template, as a source would return them.</summary>
internal sealed class Campus
{
    private const int PoolSize = 4096;

    private static readonly string[] Names =
        ["id", "login", "firstname", "lastname", "mail", "phone", "department", "title", "jobs", "active", "changed"];

    private readonly Value[][] _pool;

    public Campus()
    {
        _pool = [.. Enumerable.Range(0, PoolSize).Select(Values)];
    }

    /// <summary>One source, no constraint: rows are dropped as they come.</summary>
    public static ServerModel Streamed() => Build(Users(Source("hr", Names)));

    /// <summary>Two sources, and groups that members of both parents are checked against: entries are held.</summary>
    public static ServerModel Collected()
    {
        var wifi = Source("wifi", ["id", "profile"]);
        wifi.KeyMergeConstraint = KeyMergeConstraint.MustAlreadyExist;
        var users = Users(Source("hr", Names), wifi);
        users.IntegrityConstraints.Add("{{ _SELF.department in Departments_pkeys }}");
        var departments = new DataTypeOptions { Name = "Departments" };
        departments.Key.Add("name");
        departments.Sources.Add(Source("hr", ["name"]));
        return Build(departments, users);
    }

    /// <summary>The rows of a source, made while they are read.</summary>
    public IEnumerable<SourceRow> Rows(TypeSource source, int count) => (source.Type.Name, source.Name) switch
    {
        ("Departments", _) => Enumerable.Range(0, 50).Select(i => new SourceRow(new RowColumns("name"), ["department " + i])),
        (_, "wifi") => Wifi(count),
        _ => Users(count),
    };

    private IEnumerable<SourceRow> Users(int count)
    {
        var columns = new RowColumns(Names);
        for (var i = 0; i < count; i++)
        {
            var values = (Value[])_pool[i % PoolSize].Clone();
            values[0] = i;
            yield return new SourceRow(columns, values);
        }
    }

    private static IEnumerable<SourceRow> Wifi(int count)
    {
        var columns = new RowColumns("id", "profile");
        for (var i = count - 1; i >= 0; i--)
            yield return new SourceRow(columns, [i, i % 2 == 0 ? "staff" : "guest"]);
    }

    private static Value[] Values(int i)
    {
        var number = i.ToString(CultureInfo.InvariantCulture);
        return
        [
            i, "login" + number, "Firstname" + number, "Lastname-" + number, $"firstname{number}.lastname@example.org",
            "+33 1 23 45 " + number, "department " + (i % 50), "Research engineer", "teaching;;research;" + number,
            i % 7 != 0, new DateTime(2024, 5, 1).AddSeconds(i),
        ];
    }

    private static DataTypeOptions Users(params TypeSourceOptions[] sources)
    {
        var users = new DataTypeOptions { Name = "Users" };
        users.Key.Add("id");
        foreach (var source in sources)
            users.Sources.Add(source);
        users.Sources[0].Mapping["jobs"] = "{{ (jobs | default('')).split(';') | reject('==', '') | list }}";
        return users;
    }

    private static TypeSourceOptions Source(string name, IEnumerable<string> attributes)
    {
        var source = new TypeSourceOptions { Source = name };
        foreach (var attribute in attributes)
            source.Mapping[attribute] = attribute;
        return source;
    }

    private static ServerModel Build(params DataTypeOptions[] types)
    {
        var options = new ServerModelOptions();
        foreach (var type in types)
            options.DataTypes.Add(type);
        return ServerModel.Build(options, new JinjaTemplateEngine(), "");
    }
}
