/// A kind of taxi, and the columns of its files.
enum Service: String, CaseIterable {
  case green, yellow

  /// Each as an expression over ``Trip``; `{whole}` stands for the type of whole numbers.
  var columns: [String] {
    let first = [
      "cast(vendor as {whole}) AS VendorID", "pickup AS \(prefix)_pickup_datetime",
      "dropoff AS \(prefix)_dropoff_datetime",
    ]
    let money = [
      "fare AS fare_amount", "extra", "tax AS mta_tax", "tip AS tip_amount", "tolls AS tolls_amount",
    ]
    let last = ["improvement AS improvement_surcharge", "total AS total_amount"]
    let flag = "flag AS store_and_fwd_flag"
    let rate = "cast(rate as {whole}) AS RatecodeID"
    let zones = ["cast(`from` as {whole}) AS PULocationID", "cast(`to` as {whole}) AS DOLocationID"]
    let passengers = "cast(passengers as {whole}) AS passenger_count"
    let distance = "distance AS trip_distance"
    let payment = "cast(payment as {whole}) AS payment_type"
    switch self {
    case .green:
      return first + [flag, rate] + zones + [passengers, distance] + money + ["hailFee AS ehail_fee"] + last
        + [payment, "cast(kind as {whole}) AS trip_type", "congestion AS congestion_surcharge"]
    case .yellow:
      return first + [passengers, distance, rate, flag] + zones + [payment] + money + last
        + ["congestion AS congestion_surcharge"]
    }
  }

  private var prefix: String {
    switch self {
    case .green: "lpep"
    case .yellow: "tpep"
    }
  }
}
