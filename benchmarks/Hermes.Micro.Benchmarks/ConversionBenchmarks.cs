using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.Events.Schema;
using Hermes.Templates;

namespace Hermes.Micro.Benchmarks;

/// <summary>Remote entries to local ones: nine copied attributes and one from a template.</summary>
public class ConversionBenchmarks
{
    private static readonly BoundType Type = Bind();
    private static readonly EntryView Remote = new(Person.Before);
    private static readonly EntryView RemoteAfter = new(Person.After);
    private static readonly EntryView Local = Conversion.Convert(Type, null, Remote, null)!;

    [Benchmark]
    public object? ConvertAdded() => Conversion.Convert(Type, null, Remote, null);

    [Benchmark]
    public object? ConvertModified() => Conversion.Convert(Type, Remote, RemoteAfter, Local);

    private static BoundType Bind()
    {
        string[] copied = ["active", "birthday", "login", "mail", "middle_name", "quota", "room", "specialties", "user_id"];
        var templates = new JinjaTemplateEngine();
        var name = AttributeMapping.Create("display_name", "{{ first_name ~ ' ' ~ last_name }}", templates);
        AttributeMapping[] mappings = [.. copied.Select(attribute => AttributeMapping.Create(attribute, attribute, templates)), name];
        var schema = new TypeSchema("Users", [.. Person.Before.Keys], [], ["user_id"], ImmutableSortedDictionary<string, ForeignKey>.Empty);
        return new BoundType(new LocalType("Users", "Users", [.. mappings.OrderBy(mapping => mapping.Local, StringComparer.Ordinal)], null), schema);
    }
}
