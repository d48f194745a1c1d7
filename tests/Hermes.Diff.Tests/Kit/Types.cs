using Hermes.Diff.Model;
using Hermes.Diff.Model.Options;

namespace Hermes.Diff.Tests.Kit;

/// <summary>Short ways to write models.</summary>
internal static class Types
{
    public static ServerModelOptions Model(params DataTypeOptions[] types)
    {
        var options = new ServerModelOptions();
        foreach (var type in types)
            options.DataTypes.Add(type);
        return options;
    }

    public static DataTypeOptions Type(string name, string[] key, params TypeSourceOptions[] sources)
    {
        var type = new DataTypeOptions { Name = name };
        foreach (var attribute in key)
            type.Key.Add(attribute);
        foreach (var source in sources)
            type.Sources.Add(source);
        return type;
    }

    /// <summary>A source that maps attributes to remote ones of the same names.</summary>
    public static TypeSourceOptions Source(string name, params string[] attributes)
    {
        var source = new TypeSourceOptions { Source = name };
        foreach (var attribute in attributes)
            source.Mapping[attribute] = attribute;
        return source;
    }

    public static TypeSourceOptions With(this TypeSourceOptions source, string attribute, MappingOptions mapping)
    {
        source.Mapping[attribute] = mapping;
        return source;
    }

    public static TypeSourceOptions Secret(this TypeSourceOptions source, params string[] attributes)
    {
        foreach (var attribute in attributes)
            source.SecretAttributes.Add(attribute);
        return source;
    }

    public static TypeSourceOptions CacheOnly(this TypeSourceOptions source, params string[] attributes)
    {
        foreach (var attribute in attributes)
            source.CacheOnlyAttributes.Add(attribute);
        return source;
    }

    public static TypeSourceOptions Local(this TypeSourceOptions source, params string[] attributes)
    {
        foreach (var attribute in attributes)
            source.LocalAttributes.Add(attribute);
        return source;
    }

    public static TypeSourceOptions MergedBy(this TypeSourceOptions source, KeyMergeConstraint constraint)
    {
        source.KeyMergeConstraint = constraint;
        return source;
    }

    public static TypeSourceOptions Keeping(this TypeSourceOptions source, params string[] constraints)
    {
        foreach (var constraint in constraints)
            source.MergeConstraints.Add(constraint);
        return source;
    }

    public static DataTypeOptions Requiring(this DataTypeOptions type, params string[] constraints)
    {
        foreach (var constraint in constraints)
            type.IntegrityConstraints.Add(constraint);
        return type;
    }

    public static DataTypeOptions PointingTo(this DataTypeOptions type, string attribute, string parent, string parentAttribute)
    {
        type.ForeignKeys[attribute] = new ForeignKeyOptions { Type = parent, Attribute = parentAttribute };
        return type;
    }
}
