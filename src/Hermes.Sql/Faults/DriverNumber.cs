using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Hermes.Sql.Faults;

/// <summary>The server's own error number, which the drivers of MySQL, SQL Server and Oracle hold in a property named Number.</summary>
internal static class DriverNumber
{
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Whoever trims a program keeps its driver whole, as the documentation says.")]
    public static int Of(DbException exception)
    {
        for (Exception? current = exception; current is not null; current = current.InnerException)
        {
            if (current is DbException && current.GetType().GetProperty("Number")?.GetValue(current) is int number and not 0)
                return number;
        }

        return 0;
    }
}
