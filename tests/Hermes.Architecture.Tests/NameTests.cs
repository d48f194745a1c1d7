namespace Hermes.Architecture.Tests;

/// <summary>A public name means one thing, whatever packages somebody uses together.</summary>
public class NameTests
{
    [Fact]
    public void No_public_type_name_stands_in_two_packages()
    {
        var twice =
            from package in Repository.Packages
            from type in package.ApiTypes()
            where !type.IsNested
            group package.Name by type.Name into named
            where named.Distinct(StringComparer.Ordinal).Count() > 1
            select $"{named.Key}: {string.Join(", ", named)}";

        twice.Should().BeEmpty();
    }
}
